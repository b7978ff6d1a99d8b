import { List } from '../list/list';
import { SearchField } from '../list/search-field';
import { useSearch } from '../list/use-search';
import { MembersOnly } from '../session/members-only';
import { CreateCategoryForm } from './category-form';
import { CategoryItem } from './category-item';
import { useCategories } from './use-categories';

export function CategoriesPage() {
  const { typed, setTyped, search } = useSearch();
  return (
    <>
      <h1>Categories</h1>
      <MembersOnly summary="Add a category">
        <CreateCategoryForm />
      </MembersOnly>
      <SearchField label="Search categories" value={typed} onChange={setTyped} />
      <List of="categories" query={useCategories(search)}>
        {(category) => <CategoryItem category={category} />}
      </List>
    </>
  );
}
