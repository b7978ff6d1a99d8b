import { Trouble } from '../trouble';
import { LogInForm, RegisterForm } from './log-in-forms';
import { SessionList } from './session-list';
import { useCurrentUser } from './use-current-user';

export function AccountPage() {
  const { data: user, isPending, error } = useCurrentUser();
  if (isPending) return <h1>Account</h1>;
  if (!user) return <Entrance error={error} />;
  return (
    <>
      <h1>{user.name}</h1>
      <p className="note">
        {user.email} · {user.role}
      </p>
      <SessionList />
    </>
  );
}

function Entrance({ error }: { error: Error | null }) {
  return (
    <>
      <h1>Account</h1>
      <Trouble error={error} />
      <div className="entrance">
        <section className="card">
          <h2>Log in</h2>
          <LogInForm />
        </section>
        <section className="card">
          <h2>Register</h2>
          <RegisterForm />
        </section>
      </div>
    </>
  );
}
