import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { NewPasswordField, PasswordField } from '../form/password-field';
import { Link } from '../router/link';
import { useLogIn, useRegister } from './use-log-in';

const toCredentials = (data: FormData) => ({ email: textOf(data, 'email'), password: textOf(data, 'password') });
const toAccount = (data: FormData) => ({ ...toCredentials(data), name: textOf(data, 'name') });

export function LogInForm() {
  return (
    <Form label="Log in" submitLabel="Log in" toInput={toCredentials} mutation={useLogIn()}>
      <Field label="E-mail address" name="email" type="email" autoComplete="username" />
      <PasswordField label="Password" name="password" autoComplete="current-password" />
      <p>
        <Link href="/forgot-password">Forgot password?</Link>
      </p>
    </Form>
  );
}

export function RegisterForm() {
  return (
    <Form label="Register" submitLabel="Register" toInput={toAccount} mutation={useRegister()}>
      <Field label="Name" name="name" autoComplete="name" />
      <Field label="E-mail address" name="email" type="email" autoComplete="username" />
      <NewPasswordField label="Password" name="password" />
    </Form>
  );
}
