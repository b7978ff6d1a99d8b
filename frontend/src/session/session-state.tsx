import { Trouble } from '../trouble';
import { useCurrentUser } from './use-current-user';
import { useLogOut } from './use-log-in';

/** Who is logged in, in the header. */
export function SessionState() {
  const { data: user, isPending } = useCurrentUser();
  const logOut = useLogOut();
  if (isPending) return null;
  if (!user) return <a href="#account">Log in</a>;
  return (
    <>
      <a href="#account">{user.name}</a>
      <button onClick={() => logOut.mutate()}>Log out</button>
      <Trouble error={logOut.error} />
    </>
  );
}
