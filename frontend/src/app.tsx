import { useRef } from 'react';
import { BrowserPanel } from './browser/browser-panel';
import { ColourSchemeButton } from './colour-scheme/colour-scheme-button';
import { DeletionMessages } from './list/deletion-messages';
import { PageTitle } from './page-title';
import { Link } from './router/link';
import { usePathname } from './router/location';
import { pageAt } from './routes';
import { UserMenu } from './session/user-menu';

const links = [
  { href: '/posts', name: 'Posts' },
  { href: '/products', name: 'Products' },
  { href: '/categories', name: 'Categories' },
  { href: '/account', name: 'Account' },
];

export function App() {
  const pathname = usePathname();
  const { title, page } = pageAt(pathname);
  const main = useRef<HTMLElement>(null);
  return (
    <>
      {title && <PageTitle>{title}</PageTitle>}
      <header>
        <button className="skip-to-content" onClick={() => main.current?.focus()}>
          Skip to content
        </button>
        <strong>Cross-origin API</strong>
        <div className="user-menu">
          <UserMenu />
          <ColourSchemeButton />
        </div>
        <nav aria-label="Pages">
          {links.map(({ href, name }) => (
            <Link key={href} href={href} aria-current={`${pathname}/`.startsWith(`${href}/`) ? 'page' : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        {page}
      </main>
      <BrowserPanel />
      <DeletionMessages />
    </>
  );
}
