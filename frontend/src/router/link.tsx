import type { ComponentProps, MouseEvent } from 'react';
import { navigate } from './location';

/** A link to a path of this frontend. A click with a modifier key opens a new tab, as for every link. */
export function Link({ href, ...props }: ComponentProps<'a'> & { href: string }) {
  const open = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    navigate(href);
  };
  return <a href={href} onClick={open} {...props} />;
}
