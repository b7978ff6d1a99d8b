import { useState, type ComponentProps } from 'react';
import { Field } from './field';

type PasswordFieldProps = Omit<ComponentProps<typeof Field>, 'children' | 'type'>;

/** A password that can be shown while it is typed: then nobody has to type it twice. */
export function PasswordField({ label, autoComplete, ...props }: PasswordFieldProps) {
  const [isShown, setIsShown] = useState(false);
  return (
    <Field label={label} {...props}>
      {(control) => (
        <span className="field-with-button">
          <input {...control} type={isShown ? 'text' : 'password'} autoComplete={autoComplete} spellCheck={false} />
          <button
            type="button"
            aria-label={`${isShown ? 'Hide' : 'Show'} ${label.toLowerCase()}`}
            onClick={() => setIsShown(!isShown)}
          >
            {isShown ? 'Hide' : 'Show'}
          </button>
        </span>
      )}
    </Field>
  );
}

/** A password that the user chooses. */
export function NewPasswordField(props: Pick<PasswordFieldProps, 'label' | 'name'>) {
  return (
    <PasswordField
      {...props}
      autoComplete="new-password"
      hint="At least 8 characters. Several words are easier to remember than one word with special characters."
    />
  );
}
