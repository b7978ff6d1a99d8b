import type { SeedPost } from './seed-post.js';

export const desk: SeedPost[] = [
  {
    author: 'yuki@example.com',
    title: 'A bug that only happened on Sundays',
    categories: ['Software'],
    content: `
      Every Sunday at two in the morning, one report was empty. On Monday it was correct again. For weeks we looked at the
      report, at the database, and at each other.

      The cause was the back-up. It began at two, made the disk slow, and the report gave up after thirty seconds without
      saying so. It wrote an empty file and ended with success. The fix was one line. The lesson was a different one: a
      program that cannot do its work should fail, loudly.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Film in a digital year',
    categories: ['Photography'],
    content: `
      This year I took one roll of film every month, always with the same lens. That makes 432 pictures. In the year before,
      I took 9,000 with my phone and printed none of them.

      I am not saying that film looks better. Half of my pictures are a little blurred, and in March I opened the camera
      before I had rewound the film. But I remember every single frame, and twelve of them hang in our corridor.

      The cost: about 19 euros a month, with development. I have stopped buying magazines instead.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Learning the cello at forty-one',
    categories: ['Music'],
    content: `
      After two years I can play slow melodies so that the neighbours recognise them. Nobody tells you how physical it is:
      in the first months my left thumb hurt more than my pride.

      Twenty minutes a day are better than two hours on Sunday. I leave the instrument on its stand in the living room,
      because a cello in its case is furniture. My teacher lets me play duets from the first lesson on, she with the melody
      and I with four notes. That is the reason why I am still there.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'Reading one page a day in a foreign language',
    categories: ['Reading'],
    content: `
      In January I bought a novel in Spanish and decided to read one page a day, with a dictionary, no more and no less. The
      first page took 45 minutes. The hundredth took ten. In November I finished the book, and it was even a good one.

      It works because it is so little. There is never a good reason to skip one page, and after a while you want to know
      what happens. I write down three new words a day and forget two of them.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Why our tests use a real database',
    categories: ['Software'],
    content: `
      For a long time our tests used a fake that kept the rows in a list. They were fast, and they were green. In
      production, two customers then got the same invoice number, because a list has no unique index.

      Now each test has a database of its own, copied from a template in a fifth of a second. The suite is slower: four
      minutes instead of one. In the first week it found three mistakes that had been there for years. Nobody has asked for
      the old tests since.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'The light at four in the afternoon',
    categories: ['Photography', 'Travel'],
    content: `
      In December the sun is so low that every street has two sides, one golden and one blue. Stand on the dark side, and
      photograph what is on the other one. Expose for the bright wall, and let the shadows be black.

      You have about forty minutes. Choose one place and stay there: the picture comes to you, with a dog or an umbrella. If
      you walk around, you are always one corner too late.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'Second-hand records: what I check in the shop',
    categories: ['Music'],
    content: `
      Hold the record flat under a lamp and tilt it. Scratches that you see but cannot feel are usually harmless. Then look
      at the hole in the middle: many fine lines around it mean that it was played a lot. Smell the sleeve. Once a cellar,
      always a cellar.

      Wash what you bring home, also when it looks clean. A soft brush, distilled water and a drop of washing-up liquid are
      enough. And ask the owner of the shop what is playing. That is how I found half of my records.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'A commonplace book',
    categories: ['Reading', 'Home'],
    content: `
      For twelve years I have copied sentences that I like into a notebook, by hand, with the title and the page. There are
      four volumes now. I do not sort them, and there is no index.

      When I am stuck I open one of them anywhere. Usually I find something about a completely different subject that helps
      more than an answer would.
    `,
  },
];
