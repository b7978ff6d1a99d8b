import type { CategoryName } from '../categories.js';

export interface SeedProduct {
  name: string;
  description: string;
  /** In the minor unit: 1999 is 19.99 EUR and 19.99 USD, but 1999 JPY, which has none (ISO 4217). */
  price: { amount: number; currency: 'EUR' | 'USD' | 'JPY' };
  sku?: string;
  stock?: number;
  properties?: Record<string, unknown>;
  categories: CategoryName[];
}
