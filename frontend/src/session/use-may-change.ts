import { useCurrentUser } from './use-current-user';

/** As the API decides: whoever made it, and admins. */
export function useMayChange(maker: { id: number } | null): boolean {
  const { data: user } = useCurrentUser();
  return user != null && (user.role === 'admin' || user.id === maker?.id);
}
