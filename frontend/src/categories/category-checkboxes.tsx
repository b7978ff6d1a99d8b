import { useId } from 'react';
import { useFieldError } from '../form/field-errors';
import { useCategories } from './use-categories';

/** The field `categoryIds` of a form: a checkbox for each category. Those that are selected are there before they are loaded. */
export function CategoryCheckboxes({ selected = [] }: { selected?: { id: number; name: string }[] }) {
  const { data, fetchNextPage, hasNextPage } = useCategories();
  const loaded = data?.pages.flatMap(({ items }) => items) ?? [];
  const categories = [...selected.filter(({ id }) => !loaded.some((category) => category.id === id)), ...loaded];
  const errorId = useId();
  const error = useFieldError('categoryIds');
  if (categories.length === 0) return null;
  return (
    <fieldset className="field" aria-describedby={error && errorId}>
      <legend>Categories</legend>
      <div className="checkboxes">
        {categories.map((category) => (
          <label key={category.id}>
            <input
              type="checkbox"
              name="categoryIds"
              value={category.id}
              defaultChecked={selected.some(({ id }) => id === category.id)}
              aria-invalid={error !== undefined}
            />
            {category.name}
          </label>
        ))}
        {hasNextPage && (
          <button type="button" onClick={() => void fetchNextPage()}>
            Load more categories
          </button>
        )}
      </div>
      {error && (
        <small className="field-error" id={errorId}>
          {error}
        </small>
      )}
    </fieldset>
  );
}
