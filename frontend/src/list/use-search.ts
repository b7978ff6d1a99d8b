import { useEffect, useState } from 'react';

/** What is typed, and what to look for: the same, once nothing was typed for a moment. */
export function useSearch() {
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed), 300);
    return () => clearTimeout(timer);
  }, [typed]);
  return { typed, setTyped, search };
}
