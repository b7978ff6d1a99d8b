import { expect, it } from '@jest/globals';
import { formatPrice, toMinorUnits } from './money';

it.each([
  ['12.50', 'EUR', 1250],
  ['12,5', 'EUR', 1250],
  ['19.99', 'EUR', 1999],
  [' 12 ', 'EUR', 1200],
  ['0', 'EUR', 0],
  ['1250', 'JPY', 1250],
  ['1.234', 'KWD', 1234],
])('converts %j in %s to %d minor units', (text, currency, amount) => {
  expect(toMinorUnits(text, currency)).toBe(amount);
});

it.each([
  ['12.505', 'EUR', '12.50'],
  ['12.5', 'JPY', '13'],
  ['-1', 'EUR', '12.50'],
  ['', 'EUR', '12.50'],
  ['1,234.00', 'USD', '12.50'],
])('refuses %j in %s with an error at the field', (text, currency, example) => {
  const message = `must be an amount in ${currency}, for example ${example}`;
  expect(() => toMinorUnits(text, currency)).toThrow(
    expect.objectContaining({ errors: [{ path: 'price.amount', message }] }),
  );
});

it('formats an amount in its currency', () => {
  expect(formatPrice({ amount: 1250, currency: 'EUR' })).toBe('€12.50');
  expect(formatPrice({ amount: 1250, currency: 'JPY' })).toBe('¥1,250');
});
