import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { NewPasswordField } from '../form/password-field';
import { Link } from '../router/link';
import { useParameters } from '../router/use-parameters';
import { useResetPassword } from './use-mail-links';

/** The mail with the link comes from `POST /authentication/password-reset`. */
export function ResetPasswordPage() {
  const { token = '' } = useParameters().parameters;
  const mutation = useResetPassword();
  return (
    <>
      <h1>Set a new password</h1>
      <section className="card narrow">
        {mutation.isSuccess ? (
          <p role="status">
            Your password is changed, and all sessions have ended. <Link href="/account">Log in</Link> with the new one.
          </p>
        ) : (
          <Form
            label="Set a new password"
            submitLabel="Set the password"
            toInput={(data) => ({ token, password: textOf(data, 'password') })}
            mutation={mutation}
          >
            <NewPasswordField label="New password" name="password" />
          </Form>
        )}
        {mutation.isError && (
          <p>
            Does the link no longer work? <Link href="/forgot-password">Request a new link</Link>.
          </p>
        )}
      </section>
    </>
  );
}
