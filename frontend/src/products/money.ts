import { Problem } from '../api/problem';

/** How many digits follow the point: 2 for EUR, 0 for JPY, 3 for KWD. */
function digitsOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 0;
}

/**
 * From what a person types to what the API takes: `12.50` and `12,5` of EUR are 1250. Cut as text, because 19.99 * 100 is
 * not 1999.
 * @throws Problem at the field
 */
export function toMinorUnits(text: string, currency: string): number {
  const digits = digitsOf(currency);
  const [, whole, fraction = ''] = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  if (whole !== undefined && fraction.length <= digits) return Number(whole + fraction.padEnd(digits, '0'));
  const example = (12.5).toFixed(digits);
  throw new Problem('The price is not one.', 400, [
    { path: 'price.amount', message: `must be an amount of ${currency}, as in ${example}` },
  ]);
}

export function formatPrice({ amount, currency }: { amount: number; currency: string }): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 10 ** digitsOf(currency));
}
