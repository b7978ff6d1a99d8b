import { LogInForm, RegisterForm } from './log-in-forms';
import { SessionList } from './session-list';
import { useCurrentUser } from './use-current-user';

export function AccountPage() {
  const { data: user, isPending } = useCurrentUser();
  if (isPending) return <h1>Account</h1>;
  if (!user) return <Entrance />;
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

function Entrance() {
  return (
    <>
      <h1>Account</h1>
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
