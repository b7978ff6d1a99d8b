import type { ReactNode } from 'react';
import { CategoriesPage } from './categories/categories-page';
import { NotFoundPage } from './not-found-page';
import { PostPage } from './posts/post-page';
import { PostsPage } from './posts/posts-page';
import { ProductPage } from './products/product-page';
import { ProductsPage } from './products/products-page';
import { AccountPage } from './account/account-page';
import { ConfirmEmailPage } from './account/confirm-email-page';
import { ForgotPasswordPage } from './account/forgot-password-page';
import { ResetPasswordPage } from './account/reset-password-page';

interface Route {
  path: RegExp;
  /** Undefined for a page that has a title of its own. */
  title?: string;
  /** @param id the number in the path, if it has one */
  render: (id: number) => ReactNode;
}

const routes: Route[] = [
  { path: /^\/(posts)?$/, title: 'Posts', render: () => <PostsPage /> },
  { path: /^\/posts\/(\d+)$/, render: (id) => <PostPage id={id} /> },
  { path: /^\/products$/, title: 'Products', render: () => <ProductsPage /> },
  { path: /^\/products\/(\d+)$/, render: (id) => <ProductPage id={id} /> },
  { path: /^\/categories$/, title: 'Categories', render: () => <CategoriesPage /> },
  { path: /^\/account$/, title: 'Account', render: () => <AccountPage /> },
  { path: /^\/forgot-password$/, title: 'Forgot password', render: () => <ForgotPasswordPage /> },
  // The mails of the API link to these two.
  { path: /^\/reset-password$/, title: 'Set a new password', render: () => <ResetPasswordPage /> },
  { path: /^\/confirm-email$/, title: 'Confirm your e-mail address', render: () => <ConfirmEmailPage /> },
];

const notFound: Route = { path: /^/, render: () => <NotFoundPage /> };

/** The title and the page at this path. */
export function pageAt(pathname: string): { title?: string; page: ReactNode } {
  const { path, title, render } = routes.find((route) => route.path.test(pathname)) ?? notFound;
  return { title, page: render(Number(path.exec(pathname)?.[1])) };
}
