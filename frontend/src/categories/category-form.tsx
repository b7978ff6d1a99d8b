import type { Schemas } from '../api/client';
import { Editor } from '../editor/editor';
import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { editableCategory, useCreateCategory } from './use-categories';

const toInput = (data: FormData) => ({ name: textOf(data, 'name'), description: textOf(data, 'description') });

const toTexts = ({ name, description }: Schemas['Category']) => ({ Name: name, Description: description });

export function CreateCategoryForm() {
  return (
    <Form label="Create a category" submitLabel="Create" toInput={toInput} mutation={useCreateCategory()}>
      <CategoryFields />
    </Form>
  );
}

export function CategoryEditor({ category: { id, name } }: { category: Schemas['Category'] }) {
  return (
    <Editor name={name} editable={editableCategory(id)} toInput={toInput} toTexts={toTexts}>
      {(category) => <CategoryFields category={category} />}
    </Editor>
  );
}

function CategoryFields({ category }: { category?: Schemas['Category'] }) {
  return (
    <>
      <Field label="Name" name="name" defaultValue={category?.name} />
      <Field label="Description" name="description" defaultValue={category?.description} />
    </>
  );
}
