import { useState } from 'react';
import type { Schemas } from '../api/client';
import { ErrorMessage } from '../error-message';
import { CreateTokenForm } from './create-token-form';
import { NewToken } from './new-token';
import { TokenItem } from './token-item';
import { useTokens } from './use-tokens';

export function TokenList() {
  const { data, error, isFetching, refetch } = useTokens();
  const [created, setCreated] = useState<Schemas['CreatedToken']>();
  const hideIfRevoked = (id: number) => setCreated((token) => (token?.id === id ? undefined : token));
  return (
    <section aria-labelledby="tokens">
      <h2 id="tokens">Access tokens</h2>
      <p className="note">
        For scripts and other programs: they send a token instead of a cookie. A new password revokes all tokens.
      </p>
      <CreateTokenForm onCreated={setCreated} />
      {created && <NewToken key={created.id} created={created} />}
      <ErrorMessage error={error} onRetry={() => void refetch()} />
      {data?.count === 0 && <p className="card">You have no access tokens. Create one for each program.</p>}
      <ul className="list" aria-busy={isFetching}>
        {data?.items.map((token) => (
          <TokenItem key={token.id} token={token} onRevoked={() => hideIfRevoked(token.id)} />
        ))}
      </ul>
    </section>
  );
}
