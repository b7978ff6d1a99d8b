import { useIsDeleted } from '../list/deletions';
import { SelectFilter, TextFilter } from '../list/filters';
import { List } from '../list/list';
import { useDebounced } from '../list/use-debounced';
import { useParameters } from '../router/use-parameters';
import { LogInRequired } from '../session/log-in-required';
import { CreateCategoryForm } from './category-form';
import { CategoryItem } from './category-item';
import { useCategories } from './use-categories';

const sorts: [string, string][] = [
  ['', 'Name, A to Z'],
  ['-name', 'Name, Z to A'],
  ['-createdAt', 'Newest first'],
  ['createdAt', 'Oldest first'],
];

export function CategoriesPage() {
  const { parameters } = useParameters();
  const query = useCategories({ ...parameters, search: useDebounced(parameters.search ?? '') || undefined });
  const isDeleted = useIsDeleted();
  return (
    <>
      <h1>Categories</h1>
      <LogInRequired summary="Create a category">
        <CreateCategoryForm />
      </LogInRequired>
      <search className="filters">
        <TextFilter label="Search categories" name="search" type="search" />
        <SelectFilter label="Sort" name="sort" options={sorts} />
      </search>
      <List itemsName="categories" query={query} isDeleted={({ id }) => isDeleted(`/categories/${id}`)}>
        {(category) => <CategoryItem category={category} />}
      </List>
    </>
  );
}
