import { kitchen } from './products/kitchen.js';
import { leisure } from './products/leisure.js';
import type { SeedProduct } from './products/seed-product.js';
import { workshop } from './products/workshop.js';

export const products: SeedProduct[] = [...kitchen, ...workshop, ...leisure];
