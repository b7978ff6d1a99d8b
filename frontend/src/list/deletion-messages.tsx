import { describeError } from '../api/problem';
import { deleteNow, undo, useDeletions, type Deletion } from './deletions';

/** At the bottom of the window: what was deleted, and a button to undo it. */
export function DeletionMessages() {
  const deletions = useDeletions();
  return (
    <div className="deletions" role="status">
      {deletions.map((deletion) => (
        <DeletionMessage key={deletion.path} deletion={deletion} />
      ))}
    </div>
  );
}

function DeletionMessage({ deletion }: { deletion: Deletion }) {
  const { name, error, isSent = false } = deletion;
  return (
    <div className="card deletion">
      <p>{error ? `“${name}” could not be deleted. ${describeError(error)}` : `“${name}” is deleted.`}</p>
      <div className="item-actions">
        {error && <button onClick={() => void deleteNow(deletion)}>Try again</button>}
        {!isSent && (
          <button aria-label={`Undo: keep ${name}`} onClick={() => undo(deletion)}>
            Undo
          </button>
        )}
        <button aria-label={`Close the message about ${name}`} onClick={() => close(deletion)}>
          Close
        </button>
      </div>
    </div>
  );
}

/** Without waiting any longer. */
function close(deletion: Deletion): void {
  if (deletion.error) undo(deletion);
  else void deleteNow(deletion);
}
