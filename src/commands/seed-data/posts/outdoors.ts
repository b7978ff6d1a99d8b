import type { SeedPost } from './seed-post.js';

export const outdoors: SeedPost[] = [
  {
    author: 'tomas@example.com',
    title: 'Three days on the old salt path',
    categories: ['Hiking', 'Travel'],
    content: `
      The path follows the coast for 58 kilometres, and the mules that carried the salt knew what they were doing: it is
      never steep, and there is always water. I walked it from north to south, with the sun in my face and the wind behind
      me. The other way round is easier for the eyes and harder for everything else.

      The first night is in a village with one bar. Call before you come, because the owner cooks for as many people as have
      called. The second night I slept in the chapel garden, which is allowed if you ask.

      There is a bus back, at 7:10 and at 15:40. On Sundays only the second one goes.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'My packing list for one night outside',
    categories: ['Hiking'],
    content: `
      Tarp, mat, sleeping bag, lamp, one litre of water more than I think, a warm hat, rice balls, and a book. Together it
      is 5.4 kilograms. What I no longer carry: a stove (cold food is fine for one evening), a second pair of trousers, and
      a knife with nineteen tools.

      The warm hat is the best of it. Most people who were cold at night had a good sleeping bag and nothing on the head.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Tomatoes on a balcony that faces east',
    categories: ['Garden'],
    content: `
      Everybody says that tomatoes need sun all day. Mine have it until one o'clock, and last summer three plants gave us
      eleven kilograms. Choose a small variety that ripens early. The large ones were still green in October.

      Use a bucket of at least twenty litres for each plant, and water in the morning, always the same amount. Fruit that
      splits has been thirsty and then drunk too much. Cover the soil with straw, and you can go away for a weekend.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'Commuting by bicycle at minus ten',
    categories: ['Cycling'],
    content: `
      You dress for the third kilometre, not for the first. If you are warm when you leave the house, you will be wet when
      you arrive. Thin gloves inside large mittens work better than any expensive gloves. Put the lamp battery into an inner
      pocket until you start.

      Let a little air out of the tyres, brake early, and do not steer on ice: roll over it. And tell your colleagues that
      it is easy. If they know how cold it was, they will want to drive you home.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'The night train, honestly',
    categories: ['Travel'],
    content: `
      I like night trains, and I have slept well in one of nine. The good parts: you have dinner in one country and
      breakfast in another, nobody weighs your luggage, and you meet people. The bad part: you meet them at three in the
      morning as well.

      Take the middle bunk. The lowest one is where everybody sits, and the highest one is where the heat goes. Bring
      earplugs, slippers, and cash for the coffee.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'What grows in the shade of a chestnut tree',
    categories: ['Garden'],
    content: `
      Our yard has one huge chestnut and no grass. In four years I have tried about thirty plants below it. These six are
      still alive: ferns, hostas (when I collect the slugs), wild garlic, cranesbill, ivy and lily of the valley.

      What helped most was to stop raking in autumn. The leaves keep the soil moist, and the plants come up through them in
      spring. I remove only those of the chestnut itself when they are brown in July, because of the leaf miner.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'Three small museums worth the detour',
    categories: ['Travel'],
    content: `
      The first has only locks and keys. The man who sells the tickets made half of them, and he will open each one if you
      ask. The second is a former salt warehouse with model ships, all in the same scale, so that you understand for once how
      big a tanker is.

      The third is the house of a weather observer. She wrote down temperature, wind and clouds three times a day for 51
      years, and on one page: "Today I forgot." Plan one hour for it. I stayed for three.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Boots or light shoes?',
    categories: ['Hiking'],
    content: `
      I walked in heavy boots for twenty years, because everybody said that ankles need support. Two summers ago my boots
      fell apart on a tour, and I finished it in running shoes. My knees were better than ever, and my feet dried in an hour.

      I still take boots for snow, and for days with more than fifteen kilograms on my back. For everything else I take light
      shoes now, one size larger than usual, and two pairs of socks.
    `,
  },
];
