import { useRef } from 'react';
import { useKeptFocus } from '../form/use-kept-focus';
import { Trouble } from '../trouble';

interface RemoveButtonProps {
  /** The name of what goes. */
  what: string;
  /** A mutation. */
  action: { mutate: () => void; error: Error | null; isPending: boolean };
}

export function RemoveButton({ what, action }: RemoveButtonProps) {
  const button = useRef<HTMLButtonElement>(null);
  useKeptFocus(button);
  const remove = () => {
    if (!action.isPending && confirm(`Delete “${what}”?`)) action.mutate();
  };
  return (
    <>
      <button
        ref={button}
        className="danger"
        onClick={remove}
        aria-label={`Delete ${what}`}
        aria-disabled={action.isPending}
      >
        Delete
      </button>
      <Trouble error={action.error} />
    </>
  );
}
