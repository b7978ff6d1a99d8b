import type { Schemas } from '../api/client';
import { AuthorLine } from '../list/author-line';
import { RemoveButton } from '../list/remove-button';
import { Link } from '../router/link';
import { useCanEdit } from '../session/use-can-edit';
import { PostEditor } from './post-form';
import { useRemovePost } from './use-posts';

export function PostItem({ post }: { post: Schemas['Post'] }) {
  return (
    <article className="card">
      <h2>
        <Link href={`/posts/${post.id}`}>{post.title}</Link>
      </h2>
      <AuthorLine author={post.author} createdAt={post.createdAt} categories={post.categories} />
      <p className="text excerpt">{post.content}</p>
      <PostActions post={post} />
    </article>
  );
}

export function PostActions({ post }: { post: Schemas['Post'] }) {
  const send = useRemovePost(post.id);
  if (!useCanEdit(post.author)) return null;
  return (
    <div className="item-actions">
      <PostEditor post={post} />
      <RemoveButton path={`/posts/${post.id}`} name={post.title} send={send} />
    </div>
  );
}
