import { useRef } from 'react';
import { BrowserPanel } from './browser/browser-panel';
import { CategoriesPage } from './categories/categories-page';
import { PostsPage } from './posts/posts-page';
import { ProductsPage } from './products/products-page';
import { AccountPage } from './session/account-page';
import { SessionState } from './session/session-state';
import { usePage } from './use-page';

const posts = { hash: 'posts', name: 'Posts', Page: PostsPage };
const pages = [
  posts,
  { hash: 'products', name: 'Products', Page: ProductsPage },
  { hash: 'categories', name: 'Categories', Page: CategoriesPage },
  { hash: 'account', name: 'Account', Page: AccountPage },
];

export function App() {
  const hash = usePage();
  const { name, Page } = pages.find((page) => page.hash === hash) ?? posts;
  const main = useRef<HTMLElement>(null);
  return (
    <>
      <title>{`${name} · Cross-origin API`}</title>
      <header>
        <button className="skip" onClick={() => main.current?.focus()}>
          Skip to content
        </button>
        <strong>Cross-origin API</strong>
        <div className="session">
          <SessionState />
        </div>
        <nav aria-label="Pages">
          {pages.map((page) => (
            <a key={page.hash} href={`#${page.hash}`} aria-current={page.name === name ? 'page' : undefined}>
              {page.name}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" ref={main} tabIndex={-1}>
        <Page />
      </main>
      <BrowserPanel />
    </>
  );
}
