import { CategoryFilter } from '../categories/category-filter';
import { SelectFilter, SortFilter, TextFilter } from '../list/filters';
import { useParameters } from '../router/use-parameters';
import { currencies } from './money';

const sorts: [string, string][] = [
  ['', 'Newest first'],
  ['createdAt', 'Oldest first'],
  ['name', 'Name, A to Z'],
  ['-name', 'Name, Z to A'],
];
const sortsByPrice: [string, string][] = [
  ['price', 'Cheapest first'],
  ['-price', 'Most expensive first'],
];

/** Prices can be compared in one currency only: so their filters appear when a currency is chosen. */
export function ProductFilters() {
  const hasCurrency = useParameters().parameters.currency !== undefined;
  const options = currencies.map((code): [string, string] => [code, code]);
  return (
    <search className="filters">
      <TextFilter label="Search products" name="search" type="search" />
      <CategoryFilter />
      <SelectFilter label="Currency" name="currency" options={[['', 'All currencies'], ...options]} />
      {hasCurrency && (
        <>
          <TextFilter label="Price from" name="minPrice" inputMode="decimal" />
          <TextFilter label="Price to" name="maxPrice" inputMode="decimal" />
        </>
      )}
      <SortFilter options={hasCurrency ? [...sorts, ...sortsByPrice] : sorts} />
    </search>
  );
}
