import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react';
import { Problem } from '../api/problem';
import { Trouble } from '../trouble';
import { belongsTo, FieldErrors } from './field-errors';
import { useKeptFocus } from './use-kept-focus';

interface FormProps<Input> {
  /** The accessible name. */
  label: string;
  /** On the button. */
  submit: string;
  read: (data: FormData) => Input;
  /** A mutation. */
  action: {
    mutateAsync: (input: Input) => Promise<unknown>;
    error: Error | null;
    isPending: boolean;
    isSuccess: boolean;
  };
  children: ReactNode;
}

/** Sends what was typed and lets the API judge it: what it says stands at the field, and the first bad field has the focus. */
export function Form<Input>({ label, submit, read, action, children }: FormProps<Input>) {
  const form = useRef<HTMLFormElement>(null);
  const [names, setNames] = useState<string[]>([]);
  const errors = action.error instanceof Problem ? action.error.errors : [];
  useKeptFocus(form);
  useEffect(() => form.current?.querySelector<HTMLElement>('[aria-invalid=true]')?.focus(), [action.error]);

  const send = (event: SubmitEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (action.isPending) return;
    const { currentTarget } = event;
    setNames([...currentTarget.elements].map((element) => element.getAttribute('name') ?? ''));
    action.mutateAsync(read(new FormData(currentTarget))).then(
      () => currentTarget.reset(),
      () => undefined, // `action.error` has it.
    );
  };

  const hasPlace = errors.length > 0 && errors.every((error) => names.some((name) => belongsTo(name, error)));
  return (
    <form ref={form} aria-label={label} noValidate onSubmit={send}>
      <FieldErrors value={errors}>{children}</FieldErrors>
      <Trouble error={hasPlace ? null : action.error} />
      <div className="actions">
        <button className="primary" aria-disabled={action.isPending}>
          {submit}
        </button>
        <p role="status">{action.isPending ? 'Sending …' : action.isSuccess && 'Done.'}</p>
      </div>
    </form>
  );
}
