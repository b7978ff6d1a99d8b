import type { Schemas } from '../api/client';
import { Byline } from '../list/byline';
import { RemoveButton } from '../list/remove-button';
import { useMayChange } from '../session/use-may-change';
import { formatPrice } from './money';
import { useRemoveProduct } from './use-products';

export function ProductItem({ product }: { product: Schemas['Product'] }) {
  const removal = useRemoveProduct(product.id);
  return (
    <article className="card">
      <div className="headline">
        <h2>{product.name}</h2>
        <strong className="price">{formatPrice(product.price)}</strong>
      </div>
      <Byline by={product.creator} at={product.createdAt} categories={product.categories} />
      <p className="text">{product.description}</p>
      {useMayChange(product.creator) && (
        <div className="tools">
          <RemoveButton what={product.name} action={removal} />
        </div>
      )}
    </article>
  );
}
