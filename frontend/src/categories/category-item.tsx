import type { Schemas } from '../api/client';
import { Byline } from '../list/byline';
import { RemoveButton } from '../list/remove-button';
import { useMayChange } from '../session/use-may-change';
import { useRemoveCategory } from './use-categories';

export function CategoryItem({ category }: { category: Schemas['Category'] }) {
  const removal = useRemoveCategory(category.id);
  return (
    <article className="card">
      <h2>{category.name}</h2>
      <Byline by={category.creator} at={category.createdAt} />
      <p className="text">{category.description}</p>
      {useMayChange(category.creator) && (
        <div className="tools">
          <RemoveButton what={category.name} action={removal} />
        </div>
      )}
    </article>
  );
}
