import { accountDeletion } from './folders/account-deletion.js';
import { authentication } from './folders/authentication.js';
import { categories } from './folders/categories.js';
import { crossOrigin } from './folders/cross-origin.js';
import { documentation } from './folders/documentation.js';
import { health } from './folders/health.js';
import { origins } from './folders/origins.js';
import { posts } from './folders/posts.js';
import { products } from './folders/products.js';
import { rateLimits } from './folders/rate-limits.js';
import { requestBodiesAndHeaders } from './folders/request-bodies-and-headers.js';
import { unknownPathsAndMethods } from './folders/unknown-paths-and-methods.js';

/** The folders of the collection, in the order in which it is run. @type {import('./step.js').Folder[]} */
export const folders = [
  documentation,
  health,
  authentication,
  categories,
  posts,
  products,
  origins,
  crossOrigin,
  requestBodiesAndHeaders,
  unknownPathsAndMethods,
  accountDeletion,
  rateLimits,
];
