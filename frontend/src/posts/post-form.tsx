import { CategoryBoxes } from '../categories/category-boxes';
import { Field } from '../form/field';
import { idsOf, textOf } from '../form/form-data';
import { Form } from '../form/form';
import type { Schemas } from '../api/client';
import { useCreatePost, useUpdatePost } from './use-posts';

const read = (data: FormData) => ({
  title: textOf(data, 'title'),
  content: textOf(data, 'content'),
  categoryIds: idsOf(data, 'categoryIds'),
});

export function CreatePostForm() {
  return (
    <Form label="Write a post" submit="Publish" read={read} action={useCreatePost()}>
      <PostFields />
    </Form>
  );
}

export function UpdatePostForm({ post }: { post: Schemas['Post'] }) {
  return (
    <Form label={`Edit ${post.title}`} submit="Save" read={read} action={useUpdatePost(post.id)}>
      <PostFields post={post} />
    </Form>
  );
}

function PostFields({ post }: { post?: Schemas['Post'] }) {
  return (
    <>
      <Field label="Title" name="title" defaultValue={post?.title} />
      <Field label="Content" name="content">
        {(control) => <textarea {...control} rows={5} defaultValue={post?.content} />}
      </Field>
      <CategoryBoxes chosen={post?.categories} />
    </>
  );
}
