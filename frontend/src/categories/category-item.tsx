import type { Schemas } from '../api/client';
import { AuthorLine } from '../list/author-line';
import { RemoveButton } from '../list/remove-button';
import { Link } from '../router/link';
import { useCanEdit } from '../session/use-can-edit';
import { CategoryEditor } from './category-form';
import { useRemoveCategory } from './use-categories';

export function CategoryItem({ category }: { category: Schemas['Category'] }) {
  const { id, name, description, creator, createdAt } = category;
  const send = useRemoveCategory(id);
  return (
    <article className="card">
      <h2>{name}</h2>
      <AuthorLine author={creator} createdAt={createdAt} />
      <p className="text">{description}</p>
      <p className="item-actions">
        <Link href={`/posts?categoryId=${id}`} aria-label={`Posts in ${name}`}>
          Posts
        </Link>
        <Link href={`/products?categoryId=${id}`} aria-label={`Products in ${name}`}>
          Products
        </Link>
      </p>
      {useCanEdit(creator) && (
        <div className="item-actions">
          <CategoryEditor category={category} />
          <RemoveButton path={`/categories/${id}`} name={name} send={send} />
        </div>
      )}
    </article>
  );
}
