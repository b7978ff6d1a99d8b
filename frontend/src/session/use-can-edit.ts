import { useCurrentUser } from './use-current-user';

/** The rule of the API: the author and admins can edit and delete. */
export function useCanEdit(author: { id: number } | null): boolean {
  const { data: user } = useCurrentUser();
  return user != null && (user.role === 'admin' || user.id === author?.id);
}
