import { List } from '../list/list';
import { SearchField } from '../list/search-field';
import { useSearch } from '../list/use-search';
import { MembersOnly } from '../session/members-only';
import { CreateProductForm } from './product-form';
import { ProductItem } from './product-item';
import { useProducts } from './use-products';

export function ProductsPage() {
  const { typed, setTyped, search } = useSearch();
  return (
    <>
      <h1>Products</h1>
      <MembersOnly summary="Offer a product">
        <CreateProductForm />
      </MembersOnly>
      <SearchField label="Search products" value={typed} onChange={setTyped} />
      <List of="products" query={useProducts(search)}>
        {(product) => <ProductItem product={product} />}
      </List>
    </>
  );
}
