import type { SeedPost } from './seed-post.js';

export const kitchen: SeedPost[] = [
  {
    author: 'yuki@example.com',
    title: 'Dashi in fifteen minutes',
    categories: ['Cooking'],
    content: `
      Most of the Japanese soups that people like at restaurants start with the same stock, and it is quicker than any
      other. Put ten grams of kombu into a litre of cold water and heat it slowly. Take the kombu out just before the water
      boils, add twenty grams of bonito flakes, and switch the heat off. Strain it after two minutes.

      Use it on the same day. For a vegetarian version, leave out the fish, and soak two dried shiitake together with the
      kombu overnight.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Bread with a tired sourdough',
    categories: ['Cooking'],
    content: `
      My starter spent three weeks in the fridge while I was away. It had a grey liquid on top and smelled of nail polish.
      It is not dead. Pour the liquid off, take one spoon of what is below, and feed it twice a day with equal parts of
      flour and water. On the third day it rose again.

      The first loaf was flat all the same. Give the starter a few days more than it seems to need, and bake pancakes with
      what you would throw away.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Tortilla: the argument about the onion',
    categories: ['Cooking'],
    content: `
      In my family there are two parties, and they do not eat at the same table. I am for the onion. It has to be cooked as
      slowly as the potatoes, in more oil than you dare to use, until it is soft and only a little brown.

      Let potatoes and onion cool for five minutes before they meet the eggs, and leave them together for ten. Then use a
      hot pan, and a plate that is larger than the pan. Turn it with one movement. If you hesitate, it will end on the floor.

      My mother makes it without onion. Please do not tell her about this post.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Cleaning an espresso machine, in order of importance',
    categories: ['Coffee', 'Home'],
    content: `
      Every day: wipe the steam wand while it is hot, and let a little water through the group. Every week: backflush with
      detergent, and take out the shower screen. Behind it is everything that makes your coffee taste old.

      Every three months: change the water filter. Scale is what kills machines. We have repaired eleven this year, and nine
      of them had nothing else. If your water is hard, buy the filter before you buy a better grinder.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'Pickles for people with no time',
    categories: ['Cooking', 'Garden'],
    content: `
      Slice two cucumbers, rub them with a teaspoon of salt, and put them under a plate with a heavy jar on top. After
      thirty minutes, press out the water. Add rice vinegar, a pinch of sugar and sesame seeds. That is all, and it goes
      with everything.

      It also works with radishes, white cabbage and young carrots. It does not work with tomatoes. I tried.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'One pot of beans for the whole week',
    categories: ['Cooking'],
    content: `
      On Sunday evening I put half a kilo of dried beans into water, and on Monday I cook them with a bay leaf, garlic and a
      spoon of oil. Salt goes in at the beginning: the skins stay whole, whatever your grandmother said about it.

      Monday: with the broth and bread. Tuesday: with rice. Wednesday: as a salad with tuna and red onion. Thursday: mashed,
      on toast. On Friday we go out for dinner.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Notes from a cupping of six Ethiopians',
    categories: ['Coffee', 'Travel'],
    content: `
      Six samples, all from the same harvest, four washed and two natural. We tasted them blind, with people from three
      other roasteries. The clear winner was a washed coffee from Guji: bergamot, apricot, and a sweetness that stayed until
      the cup was cold.

      The naturals divided the room. I wrote "strawberry yoghurt" for one of them, and the person next to me wrote "bin".
      Both of us bought some.

      We take twelve bags of the Guji. It will be in the shop in about eight weeks.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'A kitchen knife is enough',
    categories: ['Cooking', 'Workshop'],
    content: `
      I own one knife of eighteen centimetres, one small one, and one for bread. Friends who cook more than I do own twelve
      and use two. A better plan for the money is one good knife and a stone with a grain of 1000.

      Sharpen it once a month, wash it by hand, and cut on wood. Glass boards are for photographs.
    `,
  },
];
