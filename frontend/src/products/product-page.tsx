import type { Schemas } from '../api/client';
import { AuthorLine } from '../list/author-line';
import { ItemPage } from '../list/item-page';
import { formatPrice } from './money';
import { ProductActions } from './product-item';
import { useProduct } from './use-products';

export function ProductPage({ id }: { id: number }) {
  return (
    <ItemPage query={useProduct(id)} listHref="/products" itemsName="products" titleOf={({ name }) => name}>
      {(product) => (
        <article>
          <div className="title-row">
            <h1>{product.name}</h1>
            <strong className="price">{formatPrice(product.price)}</strong>
          </div>
          <AuthorLine
            author={product.creator}
            createdAt={product.createdAt}
            categories={product.categories}
            listHref="/products"
          />
          <p className="text">{product.description}</p>
          <ProductDetails product={product} />
          <ProductActions product={product} />
        </article>
      )}
    </ItemPage>
  );
}

function ProductDetails({ product: { stock, sku, properties } }: { product: Schemas['Product'] }) {
  const details: [string, unknown][] = [['In stock', stock], ['SKU', sku ?? 'none'], ...Object.entries(properties)];
  return (
    <dl className="card details">
      {details.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{typeof value === 'string' ? value : JSON.stringify(value)}</dd>
        </div>
      ))}
    </dl>
  );
}
