import type { CategoryName } from '../categories.js';
import type { PersonEmail } from '../users.js';

export interface SeedPost {
  author: PersonEmail;
  title: string;
  categories: CategoryName[];
  /** Paragraphs, separated by an empty line. Other line breaks and the indentation belong to the source file only. */
  content: string;
}
