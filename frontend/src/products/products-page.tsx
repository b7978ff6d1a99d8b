import type { Queries } from '../api/client';
import { useIsDeleted } from '../list/deletions';
import { List } from '../list/list';
import { useListFilters } from '../list/use-list-filters';
import { useDebounced } from '../list/use-debounced';
import { useParameters } from '../router/use-parameters';
import { LogInRequired } from '../session/log-in-required';
import { toMinorUnitsOrNone } from './money';
import { CreateProductForm } from './product-form';
import { ProductFilters } from './product-filters';
import { ProductItem } from './product-item';
import { useProducts } from './use-products';

export function ProductsPage() {
  const { parameters } = useParameters();
  const { currency = '' } = parameters;
  const query = useProducts({
    ...useListFilters<Queries['/products']>(['categoryId', 'currency']),
    minPrice: toMinorUnitsOrNone(useDebounced(parameters.minPrice ?? ''), currency),
    maxPrice: toMinorUnitsOrNone(useDebounced(parameters.maxPrice ?? ''), currency),
  });
  const isDeleted = useIsDeleted();
  return (
    <>
      <h1>Products</h1>
      <LogInRequired summary="Create a product">
        <CreateProductForm />
      </LogInRequired>
      <ProductFilters />
      <List itemsName="products" query={query} isDeleted={({ id }) => isDeleted(`/products/${id}`)}>
        {(product) => <ProductItem product={product} />}
      </List>
    </>
  );
}
