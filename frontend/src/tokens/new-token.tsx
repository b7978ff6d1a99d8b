import { useEffect, useId, useRef, useState } from 'react';
import type { Schemas } from '../api/client';

/** The token itself, this once. It is selected and gets the focus: so screen readers read what to do with it. */
export function NewToken({ created: { name, token } }: { created: Schemas['CreatedToken'] }) {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [message, setMessage] = useState('');
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const copy = () => {
    field.current?.select();
    copyText(token).then(
      () => setMessage('Copied.'),
      () => setMessage('The browser does not let this page copy it. It is selected: copy it with the keyboard.'),
    );
  };

  return (
    <div className="card field">
      <label htmlFor={id}>{`Token “${name}”`}</label>
      <span className="field-with-button">
        <input id={id} ref={field} readOnly value={token} aria-describedby={`${id}-hint`} spellCheck={false} />
        <button onClick={copy}>Copy</button>
      </span>
      <small id={`${id}-hint`}>Copy it now: it will not be shown again.</small>
      <p role="status">{message}</p>
    </div>
  );
}

/** Rejects over plain http: there is no clipboard, except on localhost. */
async function copyText(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}
