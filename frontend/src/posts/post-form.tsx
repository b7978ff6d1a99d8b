import { CategoryCheckboxes } from '../categories/category-checkboxes';
import { Editor } from '../editor/editor';
import { Field } from '../form/field';
import { idsOf, textOf } from '../form/form-data';
import { Form } from '../form/form';
import type { Schemas } from '../api/client';
import { editablePost, useCreatePost } from './use-posts';

const toInput = (data: FormData) => ({
  title: textOf(data, 'title'),
  content: textOf(data, 'content'),
  categoryIds: idsOf(data, 'categoryIds'),
});

const toTexts = ({ title, content, categories }: Schemas['Post']) => ({
  Title: title,
  Content: content,
  Categories: categories.map(({ name }) => name).join(', '),
});

export function CreatePostForm() {
  return (
    <Form label="Create a post" submitLabel="Create" toInput={toInput} mutation={useCreatePost()}>
      <PostFields />
    </Form>
  );
}

export function PostEditor({ post: { id, title } }: { post: Schemas['Post'] }) {
  return (
    <Editor name={title} editable={editablePost(id)} toInput={toInput} toTexts={toTexts}>
      {(post) => <PostFields post={post} />}
    </Editor>
  );
}

function PostFields({ post }: { post?: Schemas['Post'] }) {
  return (
    <>
      <Field label="Title" name="title" defaultValue={post?.title} />
      <Field label="Content" name="content">
        {(control) => <textarea {...control} rows={5} defaultValue={post?.content} />}
      </Field>
      <CategoryCheckboxes selected={post?.categories} />
    </>
  );
}
