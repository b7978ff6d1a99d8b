import type { Schemas } from '../api/client';
import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { Byline } from '../list/byline';
import { RemoveButton } from '../list/remove-button';
import { MembersOnly } from '../session/members-only';
import { useMayChange } from '../session/use-may-change';
import { Trouble } from '../trouble';
import { useCategories, useCreateCategory, useRemoveCategory } from './use-categories';

const read = (data: FormData) => ({ name: textOf(data, 'name'), description: textOf(data, 'description') });

export function CategoriesPage() {
  const { data, error } = useCategories();
  return (
    <>
      <h1>Categories</h1>
      <MembersOnly summary="Add a category">
        <Form label="Add a category" submit="Add" read={read} action={useCreateCategory()}>
          <Field label="Name" name="name" />
          <Field label="Description" name="description" />
        </Form>
      </MembersOnly>
      <p role="status" className="count">
        {data && `${data.items.length} of ${data.count} categories`}
      </p>
      <Trouble error={error} />
      <ul className="list">
        {data?.items.map((category) => (
          <CategoryItem key={category.id} category={category} />
        ))}
      </ul>
    </>
  );
}

function CategoryItem({ category }: { category: Schemas['Category'] }) {
  const removal = useRemoveCategory(category.id);
  return (
    <li className="card">
      <h2>{category.name}</h2>
      <Byline by={category.creator} at={category.createdAt} />
      <p className="text">{category.description}</p>
      {useMayChange(category.creator) && (
        <div className="tools">
          <RemoveButton what={category.name} action={removal} />
        </div>
      )}
    </li>
  );
}
