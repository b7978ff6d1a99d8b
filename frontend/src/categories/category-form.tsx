import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { useCreateCategory } from './use-categories';

const read = (data: FormData) => ({ name: textOf(data, 'name'), description: textOf(data, 'description') });

export function CreateCategoryForm() {
  return (
    <Form label="Add a category" submit="Add" read={read} action={useCreateCategory()}>
      <Field label="Name" name="name" />
      <Field label="Description" name="description" />
    </Form>
  );
}
