import { useEffect, useRef } from 'react';

interface SavedVersionProps {
  /** By the labels of the fields. */
  texts: Record<string, string>;
  /** Those that the user knows. */
  formerTexts: Record<string, string>;
  onTake: () => void;
}

/** What somebody else has saved. It gets the focus, so that nobody replaces it unseen. */
export function SavedVersion({ texts, formerTexts, onTake }: SavedVersionProps) {
  const list = useRef<HTMLDListElement>(null);
  useEffect(() => list.current?.focus(), []);
  return (
    <section className="version">
      <strong>The saved version</strong>
      {/* Long texts scroll, also with the keyboard. */}
      <dl ref={list} tabIndex={0} aria-label="The saved version">
        {Object.entries(texts).map(([label, text]) => (
          <div key={label}>
            <dt>
              {label} {text !== formerTexts[label] && <span className="tag">Changed</span>}
            </dt>
            <dd>{text || '—'}</dd>
          </div>
        ))}
      </dl>
      <button type="button" onClick={onTake}>
        Take the saved version
      </button>
    </section>
  );
}
