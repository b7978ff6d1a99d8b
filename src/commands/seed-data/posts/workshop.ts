import type { SeedPost } from './seed-post.js';

export const workshop: SeedPost[] = [
  {
    author: 'ada@example.com',
    title: 'Pour-over coffee that forgives a bad grinder',
    categories: ['Coffee'],
    content: `
      A cheap grinder makes dust and gravel at the same time. The dust turns bitter, the gravel stays sour, and no recipe
      for a good grinder will help. So grind coarser than you think, and use a little more coffee: 18 grams for 270 grams
      of water.

      Pour in three steps of sixty grams after the first wetting, and let the bed drain between them. The whole brew takes
      three minutes. If it takes four, grind coarser again.

      Then throw away what is left at the bottom of the grinder. It was ground last week.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Sharpening a chisel without a jig',
    categories: ['Workshop'],
    content: `
      You need two stones, a drop of water, and some patience to feel the bevel. Put the bevel flat on the coarse stone,
      press with two fingers close to the edge, and pull towards you. After ten strokes, feel the back of the blade. A thin
      burr along the whole edge tells you that you are done.

      Repeat this on the fine stone, then lay the back flat and take the burr off. Five minutes are enough once you have
      done it a few times. A jig is more exact, but it takes longer to set up than the whole job by hand.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'What a thousand wet commutes did to my chain',
    categories: ['Cycling', 'Workshop'],
    content: `
      I wrote down every ride for four years: distance, weather, and what I had put on the chain. Wax lasted three hundred
      kilometres in the rain, oil twice that, and cleaning mattered more than either.

      A chain that I wiped every Friday was worn after 5,200 kilometres. One that I forgot about was worn after 2,900, and
      it took the cassette with it. The wiping takes two minutes and costs an old T-shirt.

      I use oil in winter and wax in summer now. The wax is not faster. My trousers stay clean.
    `,
  },
  {
    author: 'ada@example.com',
    title: 'Why we roast on Tuesdays',
    categories: ['Coffee'],
    content: `
      The green beans arrive on Monday, the espresso rests until Friday, and the shop smells right in between. We tried
      Thursdays for a while. The weekend customers then got coffee that was one day old, and the milk drinks tasted of
      nothing but gas.

      There is a less noble reason as well: on Tuesdays the bakery next door is closed, and its extraction fan is off. Then
      our smoke goes up instead of into our own stairwell.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'Five novels for a long train ride',
    categories: ['Reading', 'Travel'],
    content: `
      My rules for a train book: it fits into a coat pocket, it has chapters shorter than the distance between two stops,
      and I can give it away at the end. None of these five has a map in the front.

      Take a sea story for the plains, and a story about a village for the big stations. Take one crime novel, in case the
      train stands still. Take something by an author of the country that you travel to, and read it on the way home,
      when you know how the streets look. The fifth is for the person in the seat across who has nothing to read.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'Rebuilding a 1978 hub',
    categories: ['Cycling', 'Workshop'],
    content: `
      A neighbour wanted to throw the wheel away because it rumbled. The hub only needed new balls and grease, eight euros
      in all. You need a cone wrench and a photograph of every step, because the washers have an order.

      Count the balls before you clean anything. There were nine on each side, and one of mine had rolled under the
      fridge. Set the cones so that there is a tiny bit of play: it disappears when the quick release is closed.
    `,
  },
  {
    author: 'tomas@example.com',
    title: 'A workbench from two old doors',
    categories: ['Workshop', 'Home'],
    content: `
      The doors came from a house that was being emptied: solid pine, 42 millimetres thick, with four layers of paint. I
      glued them face to face and let them sit under all the paint buckets that I own. The top does not move any more.

      The legs are ordinary construction timber, 9 by 9 centimetres, with a shelf for the heavy tools. The weight at the
      bottom matters more than the joints. My first bench had beautiful joints and walked across the room when I planed.

      Total cost: 64 euros, most of it for screws and glue.
    `,
  },
  {
    author: 'yuki@example.com',
    title: 'How to true a wheel with cable ties',
    categories: ['Cycling'],
    content: `
      You do not need a stand. Turn the bicycle over, put a cable tie on each side of the fork, and cut the ends so that
      they nearly touch the rim. Spin the wheel slowly. Where the rim touches on the left, tighten the spokes that go to the
      right by a quarter of a turn.

      Never turn more than that at once, and go around the wheel at least three times. A side movement of one millimetre is
      good enough for rim brakes, and nobody will ever see it with disc brakes.
    `,
  },
];
