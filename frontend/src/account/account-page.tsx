import { ErrorMessage } from '../error-message';
import { LogInForm, RegisterForm } from '../session/log-in-forms';
import { SessionList } from '../session/session-list';
import { useCurrentUser } from '../session/use-current-user';
import { TokenList } from '../tokens/token-list';
import { DeleteAccount } from './delete-account';
import { EmailSection } from './email-section';
import { NameForm, PasswordForm } from './account-forms';

export function AccountPage() {
  const { data: user, isPending, error, refetch } = useCurrentUser();
  if (isPending) return <h1 aria-busy="true">Account</h1>;
  if (!user)
    return (
      <>
        <h1>Account</h1>
        <ErrorMessage error={error} onRetry={() => void refetch()} />
        <LogInOrRegister />
      </>
    );
  return (
    <>
      <h1>{user.name}</h1>
      <p className="note">
        {user.email} · {user.role}
      </p>
      <div className="columns">
        <section className="card">
          <h2>Name</h2>
          <NameForm user={user} />
        </section>
        <EmailSection user={user} />
        <section className="card">
          <h2>Password</h2>
          <PasswordForm />
        </section>
      </div>
      <SessionList />
      <TokenList key={user.id} />
      <DeleteAccount />
    </>
  );
}

function LogInOrRegister() {
  return (
    <div className="columns">
      <section className="card">
        <h2>Log in</h2>
        <LogInForm />
      </section>
      <section className="card">
        <h2>Register</h2>
        <RegisterForm />
      </section>
    </div>
  );
}
