import { explain } from './api/problem';

/** An error for all to see and hear. */
export function Trouble({ error }: { error: Error | null }) {
  return (
    error && (
      <p role="alert" className="trouble">
        {explain(error)}
      </p>
    )
  );
}
