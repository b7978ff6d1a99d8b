import type { Schemas } from '../api/client';
import { AuthorLine } from '../list/author-line';
import { RemoveButton } from '../list/remove-button';
import { Link } from '../router/link';
import { useCanEdit } from '../session/use-can-edit';
import { formatPrice } from './money';
import { ProductEditor } from './product-form';
import { useRemoveProduct } from './use-products';

export function ProductItem({ product }: { product: Schemas['Product'] }) {
  const { id, name, price, creator, createdAt, categories, description } = product;
  return (
    <article className="card">
      <div className="title-row">
        <h2>
          <Link href={`/products/${id}`}>{name}</Link>
        </h2>
        <strong className="price">{formatPrice(price)}</strong>
      </div>
      <AuthorLine author={creator} createdAt={createdAt} categories={categories} listHref="/products" />
      <p className="text excerpt">{description}</p>
      <ProductActions product={product} />
    </article>
  );
}

export function ProductActions({ product }: { product: Schemas['Product'] }) {
  const send = useRemoveProduct(product.id);
  if (!useCanEdit(product.creator)) return null;
  return (
    <div className="item-actions">
      <ProductEditor product={product} />
      <RemoveButton path={`/products/${product.id}`} name={product.name} send={send} />
    </div>
  );
}
