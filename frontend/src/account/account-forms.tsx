import type { Schemas } from '../api/client';
import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { NewPasswordField, PasswordField } from '../form/password-field';
import { useChangePassword, useUpdateAccount } from './use-account';

const toName = (data: FormData) => ({ name: textOf(data, 'name') });
const toEmail = (data: FormData) => ({ email: textOf(data, 'email'), password: textOf(data, 'password') });
const toPasswords = (data: FormData) => ({
  currentPassword: textOf(data, 'currentPassword'),
  newPassword: textOf(data, 'newPassword'),
});

export function NameForm({ user }: { user: Schemas['User'] }) {
  return (
    <Form label="Name" submitLabel="Save the name" toInput={toName} mutation={useUpdateAccount()} keepsValues>
      <Field label="Name" name="name" autoComplete="name" defaultValue={user.name} />
    </Form>
  );
}

export function EmailForm() {
  const successMessage = 'Saved. A link to confirm the new address is on its way.';
  return (
    <Form
      label="E-mail address"
      submitLabel="Save the address"
      successMessage={successMessage}
      toInput={toEmail}
      mutation={useUpdateAccount()}
    >
      <Field label="New e-mail address" name="email" type="email" autoComplete="email" />
      <PasswordField label="Current password" name="password" autoComplete="current-password" />
    </Form>
  );
}

export function PasswordForm() {
  return (
    <Form
      label="Password"
      submitLabel="Change the password"
      successMessage="Saved. All other sessions have ended. All access tokens are revoked."
      toInput={toPasswords}
      mutation={useChangePassword()}
    >
      <PasswordField label="Current password" name="currentPassword" autoComplete="current-password" />
      <NewPasswordField label="New password" name="newPassword" />
    </Form>
  );
}
