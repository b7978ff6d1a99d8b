import { PageTitle } from './page-title';
import { Link } from './router/link';

export function NotFoundPage() {
  return (
    <>
      <PageTitle>Not found</PageTitle>
      <h1>Not found</h1>
      <p>There is nothing at this address. It may have been deleted, or the link may be incomplete.</p>
      <p>
        <Link href="/posts">Show all posts</Link>
      </p>
    </>
  );
}
