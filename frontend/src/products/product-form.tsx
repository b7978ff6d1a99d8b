import { CategoryBoxes } from '../categories/category-boxes';
import { Field } from '../form/field';
import { Form } from '../form/form';
import { idsOf, textOf } from '../form/form-data';
import { useCreateProduct } from './use-products';

const currencies = ['EUR', 'USD', 'GBP', 'CHF', 'JPY', 'KWD'];

const read = (data: FormData) => ({
  name: textOf(data, 'name'),
  description: textOf(data, 'description'),
  amount: textOf(data, 'price.amount'),
  currency: textOf(data, 'price.currency'),
  categoryIds: idsOf(data, 'categoryIds'),
});

export function CreateProductForm() {
  return (
    <Form label="Offer a product" submit="Offer" read={read} action={useCreateProduct()}>
      <Field label="Name" name="name" />
      <Field label="Description" name="description" />
      <div className="side-by-side">
        <Field label="Price" name="price.amount" inputMode="decimal" hint="As in 12.50" />
        <Field label="Currency" name="price.currency">
          {(control) => (
            <select {...control}>
              {currencies.map((currency) => (
                <option key={currency}>{currency}</option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <CategoryBoxes />
    </Form>
  );
}
