import { useRef } from 'react';
import { useFocusMainOnUnmount } from '../form/use-focus-main-on-unmount';
import { navigate } from '../router/location';
import { deleteLater, type Deletion } from './deletions';

/** Deletes without a question, because the user can undo it. */
export function RemoveButton({ path, name, send }: Deletion) {
  const button = useRef<HTMLButtonElement>(null);
  useFocusMainOnUnmount(button);
  const remove = () => {
    deleteLater({ path, name, send });
    // From the page of the item to the list.
    if (location.pathname === path) navigate(path.replace(/\/\d+$/, ''));
  };
  return (
    <button ref={button} className="danger" onClick={remove} aria-label={`Delete ${name}`}>
      Delete
    </button>
  );
}
