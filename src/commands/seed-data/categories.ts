export const categories = [
  { name: 'Coffee', description: 'Beans, brewing and the people who roast them' },
  { name: 'Workshop', description: 'Tools, repairs and things made by hand' },
  { name: 'Cycling', description: 'Commuting, touring and the parts that wear out' },
  { name: 'Reading', description: 'Books on paper' },
  { name: 'Cooking', description: 'Recipes for weekdays, and for guests' },
  { name: 'Garden', description: 'Vegetables, herbs and flowers, also on a balcony' },
  { name: 'Photography', description: 'Cameras, film and light' },
  { name: 'Travel', description: 'Trains, boats and small towns' },
  { name: 'Hiking', description: 'Day walks and longer tours, with what to carry' },
  { name: 'Music', description: 'Instruments, records and practice' },
  { name: 'Home', description: 'Furniture, repairs and order in small flats' },
  { name: 'Software', description: 'Programs, and the work of writing them' },
] as const;

export type CategoryName = (typeof categories)[number]['name'];
