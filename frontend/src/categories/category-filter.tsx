import { SelectFilter } from '../list/filters';
import { useCategories } from './use-categories';

/** The first 50 categories. A category that is not among them can be chosen at an item that has it. */
export function CategoryFilter() {
  const categories = useCategories().data?.pages.flatMap(({ items }) => items) ?? [];
  const options = categories.map(({ id, name }): [string, string] => [String(id), name]);
  return <SelectFilter label="Category" name="categoryId" options={[['', 'All categories'], ...options]} />;
}
