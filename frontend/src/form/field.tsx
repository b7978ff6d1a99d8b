import { useId, type ComponentProps, type ReactNode } from 'react';
import { useFieldError } from './field-errors';

interface FieldProps extends Omit<ComponentProps<'input'>, 'children' | 'name'> {
  label: string;
  /** The path in the body: the API's errors are found by it. */
  name: string;
  hint?: string;
  /** Another control than an input. */
  children?: (control: Control) => ReactNode;
}

/** What a control needs to be found by its label, and to be announced with its hint and with what is wrong. */
interface Control {
  id: string;
  name: string;
  'aria-invalid': boolean;
  'aria-describedby': string | undefined;
}

export function Field({ label, name, hint, children, ...input }: FieldProps) {
  const id = useId();
  const error = useFieldError(name);
  const describedBy = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ');
  const control = { id, name, 'aria-invalid': error !== undefined, 'aria-describedby': describedBy || undefined };
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children ? children(control) : <input {...control} {...input} />}
      {hint && <small id={`${id}-hint`}>{hint}</small>}
      {error && (
        <small className="error" id={`${id}-error`}>
          {error}
        </small>
      )}
    </div>
  );
}
