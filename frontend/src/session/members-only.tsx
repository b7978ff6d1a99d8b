import type { ReactNode } from 'react';
import { useCurrentUser } from './use-current-user';

/** A form that is folded away, for whoever is logged in. */
export function MembersOnly({ summary, children }: { summary: string; children: ReactNode }) {
  const { data: user, isPending } = useCurrentUser();
  if (isPending) return null;
  if (!user)
    return (
      <p className="note">
        {summary}? <a href="#account">Log in or register</a> first.
      </p>
    );
  return (
    <details className="card">
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
