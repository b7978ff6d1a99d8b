import { useId } from 'react';
import { useFieldError } from '../form/field-errors';
import { useCategories } from './use-categories';

/** A box for each category, in a form: `categoryIds`. */
export function CategoryBoxes({ chosen = [] }: { chosen?: { id: number }[] }) {
  const { data, fetchNextPage, hasNextPage } = useCategories();
  const categories = data?.pages.flatMap(({ items }) => items) ?? [];
  const id = useId();
  const error = useFieldError('categoryIds');
  if (categories.length === 0) return null;
  return (
    <fieldset className="field" aria-describedby={error && id}>
      <legend>Categories</legend>
      <div className="boxes">
        {categories.map((category) => (
          <label key={category.id}>
            <input
              type="checkbox"
              name="categoryIds"
              value={category.id}
              defaultChecked={chosen.some(({ id }) => id === category.id)}
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
        <small className="error" id={id}>
          {error}
        </small>
      )}
    </fieldset>
  );
}
