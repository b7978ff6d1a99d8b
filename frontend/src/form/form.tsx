import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { Problem } from '../api/problem';
import { ErrorMessage } from '../error-message';
import { FieldErrors, isErrorOf } from './field-errors';
import { useFocusMainOnUnmount } from './use-focus-main-on-unmount';

interface FormProps<Input> {
  /** The accessible name of the form. */
  label: string;
  /** The text of the submit button. */
  submitLabel: string;
  successMessage?: string;
  /** Whether the fields stay as they are after a success, as in a form that edits something. */
  keepsValues?: boolean;
  isDangerous?: boolean;
  toInput: (data: FormData) => Input;
  /** A mutation of TanStack Query. */
  mutation: {
    mutateAsync: (input: Input) => Promise<unknown>;
    error: Error | null;
    isPending: boolean;
    isSuccess: boolean;
  };
  children: ReactNode;
}

/** Only the API validates the input. Its errors are shown at the fields, and the first invalid field gets the focus. */
export function Form<Input>(props: FormProps<Input>) {
  const { label, submitLabel, successMessage = 'Saved.', toInput, mutation, children } = props;
  const { keepsValues = false, isDangerous = false } = props;
  const form = useRef<HTMLFormElement>(null);
  const [names, setNames] = useState<string[]>([]);
  const errors = mutation.error instanceof Problem ? mutation.error.errors : [];
  useFocusMainOnUnmount(form);
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), [mutation.error]);

  const submit = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (mutation.isPending) return;
    const { currentTarget } = event;
    setNames([...currentTarget.elements].map((element) => element.getAttribute('name') ?? ''));
    mutation.mutateAsync(toInput(new FormData(currentTarget))).then(
      () => keepsValues || currentTarget.reset(),
      () => undefined, // The error is in `mutation.error`.
    );
  };

  const isShownAtFields = errors.length > 0 && errors.every((error) => names.some((name) => isErrorOf(name, error)));
  return (
    <form ref={form} aria-label={label} noValidate onSubmit={submit}>
      <FieldErrors value={errors}>{children}</FieldErrors>
      <ErrorMessage error={isShownAtFields ? null : mutation.error} />
      <div className="form-actions">
        <button className={isDangerous ? 'danger' : 'primary'} aria-disabled={mutation.isPending}>
          {submitLabel}
        </button>
        <p role="status">{mutation.isPending ? 'Sending …' : mutation.isSuccess && successMessage}</p>
      </div>
    </form>
  );
}
