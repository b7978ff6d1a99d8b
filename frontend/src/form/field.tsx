import { useId, type ComponentProps, type ReactNode } from 'react';
import { useFieldError } from './field-errors';

interface FieldProps extends Omit<ComponentProps<'input'>, 'children' | 'name'> {
  label: string;
  /** The path of the field in the request body: the API names it in its errors. */
  name: string;
  hint?: string;
  /** Renders another control than an `input`. */
  children?: (control: ControlProps) => ReactNode;
}

/** Connects a control with its label, its hint and its error, also for screen readers. */
interface ControlProps {
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
        <small className="field-error" id={`${id}-error`}>
          {error}
        </small>
      )}
    </div>
  );
}
