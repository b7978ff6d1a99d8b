import type { Schemas } from '../api/client';
import { useParameters } from '../router/use-parameters';

/** Shown when the list has the posts of one author. The name of an author leads here. */
export function AuthorFilter({ posts = [] }: { posts?: Schemas['Post'][] }) {
  const { parameters, set } = useParameters();
  if (parameters.authorId === undefined) return null;
  const author = posts.find(({ author }) => String(author?.id) === parameters.authorId)?.author;
  return (
    <p className="item-actions">
      Only posts of {author?.name ?? 'one author'}
      <button onClick={() => set({ authorId: '' })}>Show all authors</button>
    </p>
  );
}
