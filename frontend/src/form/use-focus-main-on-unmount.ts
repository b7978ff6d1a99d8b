import { useLayoutEffect, type RefObject } from 'react';

/**
 * Moves the focus to `main` when the focused element disappears, for example the form after a log-in. Otherwise the browser
 * would move it to the start of the document.
 */
export function useFocusMainOnUnmount(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('main')?.focus({ preventScroll: true });
    };
  }, [ref]);
}
