import { AuthorLine } from '../list/author-line';
import { ItemPage } from '../list/item-page';
import { PostActions } from './post-item';
import { usePost } from './use-posts';

export function PostPage({ id }: { id: number }) {
  return (
    <ItemPage query={usePost(id)} listHref="/posts" itemsName="posts" titleOf={({ title }) => title}>
      {(post) => (
        <article>
          <h1>{post.title}</h1>
          <AuthorLine author={post.author} createdAt={post.createdAt} categories={post.categories} />
          <p className="text">{post.content}</p>
          <PostActions post={post} />
        </article>
      )}
    </ItemPage>
  );
}
