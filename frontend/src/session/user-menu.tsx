import { ErrorMessage } from '../error-message';
import { Link } from '../router/link';
import { useCurrentUser } from './use-current-user';
import { useLogOut } from './use-log-in';

/** In the header: the current user and a button to log out, or a link to the log-in. */
export function UserMenu() {
  const { data: user, isPending } = useCurrentUser();
  const logOut = useLogOut();
  if (isPending) return null;
  if (!user) return <Link href="/account">Log in</Link>;
  return (
    <>
      <Link href="/account">{user.name}</Link>
      <button onClick={() => logOut.mutate()}>Log out</button>
      <ErrorMessage error={logOut.error} />
    </>
  );
}
