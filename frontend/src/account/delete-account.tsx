import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { PasswordField } from '../form/password-field';
import { useDeleteAccount } from './use-account';

const toInput = (data: FormData) => ({ password: textOf(data, 'password') });

/** Cannot be undone, so it needs the password. */
export function DeleteAccount() {
  return (
    <details className="card">
      <summary className="danger">Delete your account</summary>
      <p>Your posts, categories and products stay, without your name. This cannot be undone.</p>
      <Form
        label="Delete your account"
        submitLabel="Delete the account"
        toInput={toInput}
        mutation={useDeleteAccount()}
        isDangerous
      >
        <PasswordField label="Current password" name="password" autoComplete="current-password" />
      </Form>
    </details>
  );
}
