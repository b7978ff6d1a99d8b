import { useLayoutEffect, type RefObject } from 'react';

/** When an element goes with the focus in it, as a form does after a log-in, the focus stays on the page: in `main`. */
export function useKeptFocus(ref: RefObject<HTMLElement | null>): void {
  useLayoutEffect(() => {
    const element = ref.current;
    return () => {
      if (element?.contains(document.activeElement)) document.getElementById('main')?.focus();
    };
  }, [ref]);
}
