import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { Link } from '../router/link';
import { useRequestPasswordReset } from './use-mail-links';

const toInput = (data: FormData) => ({ email: textOf(data, 'email') });

export function ForgotPasswordPage() {
  const mutation = useRequestPasswordReset();
  return (
    <>
      <h1>Forgot password</h1>
      <section className="card narrow">
        <p>We send you a link. With it, you set a new password.</p>
        <Form
          label="Forgot password"
          submitLabel="Send the link"
          successMessage="If this address has an account, the link is in its inbox soon. It is valid for an hour."
          toInput={toInput}
          mutation={mutation}
        >
          <Field label="E-mail address" name="email" type="email" autoComplete="username" />
        </Form>
        <p>
          <Link href="/account">Back to the log-in</Link>
        </p>
      </section>
    </>
  );
}
