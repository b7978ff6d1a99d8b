import { Problem } from '../api/problem';

/** Those that the forms offer. The API accepts every code of ISO 4217. */
export const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'KWD'];

/** The number of decimal places: 2 for EUR, 0 for JPY, 3 for KWD. */
function decimalPlacesOf(currency: string): number {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  return format.resolvedOptions().maximumFractionDigits ?? 0;
}

/**
 * Converts a typed amount to minor units: `12.50` and `12,5` in EUR are 1250. As text, because 19.99 * 100 is not 1999.
 * @throws Problem with an error at the field
 */
export function toMinorUnits(text: string, currency: string): number {
  const places = decimalPlacesOf(currency);
  const [, integer, fraction = ''] = /^(\d+)(?:[.,](\d+))?$/.exec(text.trim()) ?? [];
  if (integer !== undefined && fraction.length <= places) return Number(integer + fraction.padEnd(places, '0'));
  const example = (12.5).toFixed(places);
  throw new Problem('The price is invalid.', 400, [
    { path: 'price.amount', message: `must be an amount in ${currency}, for example ${example}` },
  ]);
}

/** For a filter: undefined while the text is no amount, or there is no currency. */
export function toMinorUnitsOrNone(text: string, currency: string): number | undefined {
  try {
    return toMinorUnits(text, currency);
  } catch {
    return undefined;
  }
}

/** As `toMinorUnits` reads it: 1250 in EUR is `12.50`. */
export function formatAmount({ amount, currency }: { amount: number; currency: string }): string {
  const places = decimalPlacesOf(currency);
  const digits = String(amount).padStart(places + 1, '0');
  return places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

export function formatPrice({ amount, currency }: { amount: number; currency: string }): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount / 10 ** decimalPlacesOf(currency));
}
