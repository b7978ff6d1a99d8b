import type { Schemas } from '../api/client';
import { Field } from '../form/field';
import { Form } from '../form/form';
import { textOf } from '../form/form-data';
import { useCreateToken } from './use-tokens';

const toInput = (data: FormData): Schemas['CreateToken'] => ({
  name: textOf(data, 'name'),
  access: textOf(data, 'access') === 'write' ? 'write' : 'read',
  expiresAt: toEndOfDay(textOf(data, 'expiresAt')),
});

export function CreateTokenForm({ onCreated }: { onCreated: (token: Schemas['CreatedToken']) => void }) {
  const mutation = useCreateToken(onCreated);
  return (
    <details className="card">
      <summary>Create an access token</summary>
      <Form
        label="Create an access token"
        submitLabel="Create"
        successMessage="Created."
        toInput={toInput}
        mutation={mutation}
      >
        <Field label="Name" name="name" hint="What the token is for, for example “Backup script”" autoComplete="off" />
        <Field label="Access" name="access">
          {(control) => (
            <select {...control}>
              <option value="read">Read</option>
              <option value="write">Read and write</option>
            </select>
          )}
        </Field>
        <Field
          label="Expiry date"
          name="expiresAt"
          type="date"
          hint="The last day on which it is valid. May be empty: then it does not expire."
        />
      </Form>
    </details>
  );
}

/** The end of this day where the user is. Text that is no date is left to the API, which says so at the field. */
function toEndOfDay(date: string): string | null {
  const end = new Date(`${date}T23:59:59`);
  return date === '' ? null : Number.isNaN(end.getTime()) ? date : end.toISOString();
}
