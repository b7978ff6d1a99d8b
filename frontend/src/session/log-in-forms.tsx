import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { useLogIn, useRegister } from './use-log-in';

const readPair = (data: FormData) => ({ email: textOf(data, 'email'), password: textOf(data, 'password') });
const readAccount = (data: FormData) => ({ ...readPair(data), name: textOf(data, 'name') });

export function LogInForm() {
  return (
    <Form label="Log in" submit="Log in" read={readPair} action={useLogIn()}>
      <Field label="E-mail address" name="email" type="email" autoComplete="username" />
      <Field label="Password" name="password" type="password" autoComplete="current-password" />
    </Form>
  );
}

export function RegisterForm() {
  return (
    <Form label="Register" submit="Register" read={readAccount} action={useRegister()}>
      <Field label="Name" name="name" autoComplete="name" />
      <Field label="E-mail address" name="email" type="email" autoComplete="username" />
      <Field
        label="Password"
        name="password"
        type="password"
        autoComplete="new-password"
        hint="At least 8 characters; several words are easier to keep than one with signs in it"
      />
    </Form>
  );
}
