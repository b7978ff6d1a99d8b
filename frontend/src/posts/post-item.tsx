import type { Schemas } from '../api/client';
import { Byline } from '../list/byline';
import { RemoveButton } from '../list/remove-button';
import { useMayChange } from '../session/use-may-change';
import { UpdatePostForm } from './post-form';
import { useRemovePost } from './use-posts';

export function PostItem({ post }: { post: Schemas['Post'] }) {
  return (
    <article className="card">
      <h2>{post.title}</h2>
      <Byline by={post.author} at={post.createdAt} categories={post.categories} />
      <p className="text">{post.content}</p>
      {useMayChange(post.author) && <Tools post={post} />}
    </article>
  );
}

function Tools({ post }: { post: Schemas['Post'] }) {
  return (
    <div className="tools">
      <details>
        <summary aria-label={`Edit ${post.title}`}>Edit</summary>
        <UpdatePostForm post={post} />
      </details>
      <RemoveButton what={post.title} action={useRemovePost(post.id)} />
    </div>
  );
}
