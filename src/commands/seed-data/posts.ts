import { desk } from './posts/desk.js';
import { home } from './posts/home.js';
import { kitchen } from './posts/kitchen.js';
import { outdoors } from './posts/outdoors.js';
import type { SeedPost } from './posts/seed-post.js';
import { workshop } from './posts/workshop.js';

export const posts: SeedPost[] = [...workshop, ...kitchen, ...outdoors, ...desk, ...home].map(
  ({ content, ...post }) => ({ ...post, content: unwrap(content) }),
);

/** One line for each paragraph, and an empty line between two. */
function unwrap(content: string): string {
  const paragraphs = content.trim().split(/\n\s*\n/);
  return paragraphs.map((paragraph) => paragraph.trim().replaceAll(/\s+/g, ' ')).join('\n\n');
}
