import type { SeedPost } from './seed-post.js';

export const home: SeedPost[] = [
  {
    author: 'ada@example.com',
    title: 'How we got rid of half of our things',
    categories: ['Home'],
    content: `
      We moved from 90 to 54 square metres, so we had no choice. We began with what is easy: cables without a device, glasses
      without a set, the third tent. The books took longest. In the end each of us kept one shelf, and we gave six boxes to
      the library.

      The rule that worked: nothing goes into the new cellar. What has no place in the flat has no place at all. A year later
      I miss one thing, the large soup pot.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Fixing a dripping tap',
    categories: ['Home', 'Workshop'],
    content: `
      Close the valve below the sink, open the tap, and put a towel into the basin so that no screw can disappear. Take the
      handle off, unscrew the cartridge, and bring it along to the shop. There are about forty kinds, and they all look the
      same at home.

      Put a little silicone grease on the seals of the new one. The part costs nine euros, and a plumber would have been
      here next Thursday.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'A standing desk from a kitchen shop',
    categories: ['Home', 'Software'],
    content: `
      Before you spend a month's rent on a desk with a motor, try whether you like to stand. I put a small table on top of
      my desk, 32 euros, and worked like that for four weeks. The answer was: in the morning yes, after lunch no.

      So I kept it. Standing until noon, sitting afterwards, no buttons. A soft mat makes a bigger difference than the exact
      height.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Herbs that survive my kitchen window',
    categories: ['Garden', 'Cooking'],
    content: `
      Basil from the supermarket is twenty plants in one pot, and that is why it dies. Divide it into four pots on the day
      you buy it. Mine then lived for five months.

      Thyme, rosemary and sage like it dry and forgive a holiday. Mint forgives everything, but give it a pot of its own.
      Coriander has never lived longer than two weeks with me, and I have stopped trying.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'The repair café: one year later',
    categories: ['Workshop', 'Home'],
    content: `
      Every first Saturday of the month we repair what people bring, for free, together with them. In twelve months 311
      things came in: 74 lamps, 58 toasters and other kitchen machines, 41 pairs of trousers, and a singing fish. We could
      repair 219 of them.

      The most frequent fault is a broken cable, just where it enters the plug. The most frequent sentence is "I would have
      thrown it away". We need people who can sew. Coffee is free, and Ada brings the good one.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'Small programs that I use every day',
    categories: ['Software'],
    content: `
      One renames my photographs after the time they were taken. One tells me on Thursday evening which rubbish is collected
      on Friday. One prints the words that I looked up during the week. None has more than sixty lines, and none has a
      settings page.

      They are not good programs. There are no tests, and the path of my home folder is in all of them. But each was finished
      on the evening it was begun, which I cannot say of anything that I do at work.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Playing music together without a concert in sight',
    categories: ['Music', 'Home'],
    content: `
      Four of us meet on the second Wednesday of each month: two violins, a clarinet and my cello. We have never played in
      front of anybody, and we are not going to. We read a piece from the beginning to the end, whatever happens, then there
      is soup, and then we play it again.

      The second time is always better, and I believe that it is because of the soup.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Photographs of a building site, every Monday',
    categories: ['Photography', 'Home'],
    content: `
      They are building a school across the street. Every Monday at eight I take one picture from the same window, with the
      camera on the same mark on the sill. There are 63 so far. In picture 12 there is a hole, in picture 30 a crane, and
      since picture 51 there are windows.

      If you want to do this: write down the settings, never zoom, and do it on the same day of the week. It is the
      regularity that makes it worth looking at.

      The children will move in after the summer. I will give them the pictures for the entrance hall.
    `,
  },
];
