import { useId } from 'react';
import { useFieldError } from '../form/field-errors';
import { useCategories } from './use-categories';

/** A box for each category, in a form: `categoryIds`. */
export function CategoryBoxes({ chosen = [] }: { chosen?: { id: number }[] }) {
  const { data } = useCategories();
  const id = useId();
  const error = useFieldError('categoryIds');
  if (!data?.items.length) return null;
  return (
    <fieldset className="field" aria-describedby={error && id}>
      <legend>Categories</legend>
      <div className="boxes">
        {data.items.map((category) => (
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
      </div>
      {error && (
        <small className="error" id={id}>
          {error}
        </small>
      )}
    </fieldset>
  );
}
