import { useRef } from 'react';
import type { Schemas } from '../api/client';
import { ErrorMessage } from '../error-message';
import { useFocusMainOnUnmount } from '../form/use-focus-main-on-unmount';
import { useRevokeToken } from './use-tokens';

const timeFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' });
const dateFormat = new Intl.DateTimeFormat('en', { dateStyle: 'medium' });

export function TokenItem({ token, onRevoked }: { token: Schemas['Token']; onRevoked: () => void }) {
  const { id, name, access, lastUsedAt } = token;
  const item = useRef<HTMLLIElement>(null);
  const revocation = useRevokeToken(onRevoked);
  const revoke = () => revocation.mutate(id);
  useFocusMainOnUnmount(item);
  return (
    <li ref={item} className="card title-row">
      <div>
        <h3>{name}</h3>
        <p className="note">
          {access === 'write' ? 'Read and write' : 'Read'} ·{' '}
          {lastUsedAt === null ? 'never used' : `last used ${timeFormat.format(new Date(lastUsedAt))}`} ·{' '}
          {expiryOf(token)}
        </p>
      </div>
      <button className="danger" aria-label={`Revoke ${name}`} onClick={revoke}>
        Revoke
      </button>
      <ErrorMessage error={revocation.error} onRetry={revoke} />
    </li>
  );
}

function expiryOf({ expiresAt }: Schemas['Token']): string {
  if (expiresAt === null) return 'does not expire';
  const time = new Date(expiresAt);
  return `${time < new Date() ? 'expired' : 'expires'} ${dateFormat.format(time)}`;
}
