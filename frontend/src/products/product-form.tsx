import type { Schemas } from '../api/client';
import { CategoryCheckboxes } from '../categories/category-checkboxes';
import { Editor } from '../editor/editor';
import { Field } from '../form/field';
import { Form } from '../form/form';
import { currencies, formatAmount, formatPrice } from './money';
import { toProductInput } from './product-input';
import { editableProduct, useCreateProduct } from './use-products';

const toTexts = (product: Schemas['Product']) => ({
  Name: product.name,
  Description: product.description,
  Price: formatPrice(product.price),
  'In stock': String(product.stock),
  SKU: product.sku ?? '',
  Categories: product.categories.map(({ name }) => name).join(', '),
  Properties: JSON.stringify(product.properties, null, 2),
});

export function CreateProductForm() {
  return (
    <Form label="Create a product" submitLabel="Create" toInput={toProductInput} mutation={useCreateProduct()}>
      <ProductFields />
    </Form>
  );
}

export function ProductEditor({ product: { id, name } }: { product: Schemas['Product'] }) {
  return (
    <Editor name={name} editable={editableProduct(id)} toInput={toProductInput} toTexts={toTexts}>
      {(product) => <ProductFields product={product} />}
    </Editor>
  );
}

function ProductFields({ product }: { product?: Schemas['Product'] }) {
  const currency = product?.price.currency ?? 'EUR';
  const amount = product && formatAmount(product.price);
  const properties = product && JSON.stringify(product.properties, null, 2);
  return (
    <>
      <Field label="Name" name="name" defaultValue={product?.name} />
      <Field label="Description" name="description" defaultValue={product?.description} />
      <div className="side-by-side">
        <Field label="Price" name="price.amount" inputMode="decimal" hint="For example 12.50" defaultValue={amount} />
        <Field label="Currency" name="price.currency">
          {(control) => (
            <select {...control} defaultValue={currency}>
              {[...new Set([...currencies, currency])].map((code) => (
                <option key={code}>{code}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <div className="side-by-side">
        <Field label="In stock" name="stock" inputMode="numeric" defaultValue={product?.stock ?? 0} />
        <Field label="SKU" name="sku" hint="Unique; may be empty" defaultValue={product?.sku ?? ''} />
      </div>
      <CategoryCheckboxes selected={product?.categories} />
      <Field label="Properties" name="properties" hint='JSON, for example {"colour": "blue"}'>
        {(control) => <textarea {...control} rows={3} spellCheck={false} defaultValue={properties ?? '{}'} />}
      </Field>
    </>
  );
}
