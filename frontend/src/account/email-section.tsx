import type { Schemas } from '../api/client';
import { ErrorMessage } from '../error-message';
import { EmailForm } from './account-forms';
import { useRequestEmailConfirmation } from './use-mail-links';

export function EmailSection({ user }: { user: Schemas['User'] }) {
  return (
    <section className="card">
      <h2>E-mail address</h2>
      {user.emailConfirmedAt === null ? <NotConfirmed /> : <p className="note">{user.email} is confirmed.</p>}
      <EmailForm />
    </section>
  );
}

function NotConfirmed() {
  const request = useRequestEmailConfirmation();
  return (
    <>
      <p className="note" role="status">
        {request.isSuccess ? 'A link is on its way. It is valid for three days.' : 'Your address is not confirmed yet.'}
      </p>
      {!request.isSuccess && (
        <button aria-disabled={request.isPending} onClick={() => !request.isPending && request.mutate()}>
          Send a link to confirm it
        </button>
      )}
      <ErrorMessage error={request.error} />
    </>
  );
}
