import { Link } from '../router/link';

interface AuthorLineProps {
  /** Null when the account was deleted. */
  author: { id: number; name: string } | null;
  createdAt: string;
  categories?: { id: number; name: string }[];
  /** The address of the list that can be filtered by these categories. */
  listHref?: string;
}

const format = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

/** The author, the date and the categories of an item. */
export function AuthorLine({ author, createdAt, categories = [], listHref = '/posts' }: AuthorLineProps) {
  return (
    <p className="note">
      {author ? <AuthorLink {...author} /> : 'Deleted account'} ·{' '}
      <time dateTime={createdAt}>{format.format(new Date(createdAt))}</time>{' '}
      {categories.map(({ id, name }) => (
        <Link className="tag" key={id} href={`${listHref}?categoryId=${id}`}>
          {name}
        </Link>
      ))}
    </p>
  );
}

function AuthorLink({ id, name }: { id: number; name: string }) {
  return (
    <Link href={`/posts?authorId=${id}`} aria-label={`Posts of ${name}`}>
      {name}
    </Link>
  );
}
