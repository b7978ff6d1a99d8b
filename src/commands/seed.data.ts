/** For a demo only: everybody has the same password. */
export const password = 'correct horse battery';

export const users = [
  { email: 'ada@example.com', name: 'Ada Moreau' },
  { email: 'tomas@example.com', name: 'Tomás Herrera' },
  { email: 'yuki@example.com', name: 'Yuki Tanaka' },
] as const;

export const categories = [
  { name: 'Coffee', description: 'Beans, brewing and the people who roast them' },
  { name: 'Workshop', description: 'Tools, repairs and things made by hand' },
  { name: 'Cycling', description: 'Commuting, touring and the parts that wear out' },
  { name: 'Reading', description: 'Books on paper' },
];

export const posts = [
  {
    title: 'Pour-over coffee that forgives a bad grinder',
    content: 'Grind coarser than you think, pour in three steps of sixty grams, and let the bed drain between them.',
    categories: ['Coffee'],
  },
  {
    title: 'Sharpening a chisel without a jig',
    content: 'Two stones, a drop of water, and the patience to feel the bevel. The burr tells you when you are done.',
    categories: ['Workshop'],
  },
  {
    title: 'What a thousand wet commutes did to my chain',
    content: 'Wax lasted three hundred kilometres, oil twice that, and cleaning mattered more than either.',
    categories: ['Cycling', 'Workshop'],
  },
  {
    title: 'Why we roast on Tuesdays',
    content: 'The green beans arrive on Monday, the espresso rests until Friday, and the shop smells right in between.',
    categories: ['Coffee'],
  },
  {
    title: 'Five novels for a long train ride',
    content: 'None of them has a map in the front, and all of them end before the border.',
    categories: ['Reading'],
  },
  {
    title: 'Rebuilding a 1978 hub',
    content: 'Loose bearings, a cone wrench and a photograph of every step, because the washers have an order.',
    categories: ['Cycling', 'Workshop'],
  },
];

const product = (
  name: string,
  amount: number,
  sku: string,
  rest: { description: string; categories: string[]; stock: number },
) => ({
  name,
  price: { amount, currency: 'EUR' },
  sku,
  properties: {},
  ...rest,
});

export const products = [
  product('House espresso, 1 kg', 2690, 'COF-001', {
    description: 'Chocolate and hazelnut, roasted on Tuesdays',
    categories: ['Coffee'],
    stock: 40,
  }),
  product('Hand grinder', 8900, 'COF-014', {
    description: 'Steel burrs, thirty clicks, fits into a bag',
    categories: ['Coffee'],
    stock: 12,
  }),
  product('Bench chisel, 18 mm', 3450, 'WRK-018', {
    description: 'Ash handle, ready to be sharpened',
    categories: ['Workshop'],
    stock: 9,
  }),
  product('Chain wax', 1590, 'CYC-003', { description: 'For dry roads', categories: ['Cycling'], stock: 65 }),
  product('Notebook, dotted', 1250, 'REA-007', { description: 'Lies flat', categories: ['Reading'], stock: 120 }),
];
