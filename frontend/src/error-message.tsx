import { describeError } from './api/problem';

interface ErrorMessageProps {
  error: Error | null;
  /** Shows a button that does the same again. */
  onRetry?: () => void;
}

/** Shows an error, and announces it to screen readers. */
export function ErrorMessage({ error, onRetry }: ErrorMessageProps) {
  return (
    error && (
      <div role="alert" className="error-message">
        <p>{describeError(error)}</p>
        {onRetry && (
          <button type="button" onClick={onRetry}>
            Try again
          </button>
        )}
      </div>
    )
  );
}
