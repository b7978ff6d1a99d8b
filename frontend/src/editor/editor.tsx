import { useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Tagged } from '../api/client';
import { ErrorMessage } from '../error-message';
import { EditForm, type EditFormProps } from './edit-form';

/**
 * Loads the item when it is opened: items of a list have no entity tag. The form keeps this version (`static`), because a version
 * that is loaded while the user types would not be the one that the user has read.
 */
export function Editor<Item, Input>(props: Omit<EditFormProps<Item, Input>, 'loaded' | 'onTake'>) {
  const { name, editable } = props;
  const [isOpen, setIsOpen] = useState(false);
  const [taken, setTaken] = useState<Tagged<Item>>();
  const summary = useRef<HTMLElement>(null);
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['edited', editable.path],
    queryFn: editable.load,
    enabled: isOpen,
    staleTime: 'static',
    gcTime: 0,
  });
  const version = taken ?? data;
  const take = (saved: Tagged<Item>) => {
    summary.current?.focus();
    setTaken(saved);
  };
  return (
    <details onToggle={({ currentTarget }) => setIsOpen(currentTarget.open)}>
      <summary ref={summary} aria-label={`Edit ${name}`}>
        Edit
      </summary>
      <p role="status">{isFetching && 'Loading …'}</p>
      <ErrorMessage error={error} onRetry={() => void refetch()} />
      {version && <EditForm {...props} key={version.entityTag} loaded={version} onTake={take} />}
    </details>
  );
}
