import type { Page } from '../browsers/browser.js';
import { newUser } from './fetch-from-page.js';
import { waitForText } from './page-state.js';

/** Uses the form. Afterwards the user is logged in, if the browser stores the cookies. */
export async function register(page: Page, { email, name, password } = newUser()): Promise<void> {
  await page.click('Account');
  await page.fill('Name', name, 'Register');
  await page.fill('E-mail address', email, 'Register');
  await page.fill('Password', password, 'Register');
  await page.click('Register', 'Register');
}

/** Uses the form, on the account page. */
export async function logIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.fill('E-mail address', email, 'Log in');
  await page.fill('Password', password, 'Log in');
  await page.click('Log in', 'Log in');
}

export async function createCategory(page: Page, name: string): Promise<void> {
  await page.click('Categories');
  await page.click('Create a category');
  await page.fill('Name', name, 'Create a category');
  await page.click('Create', 'Create a category');
  await waitForText(page, name);
}

/** @param category the name of an existing category */
export async function createPost(page: Page, title: string, category: string): Promise<void> {
  await page.click('Posts');
  await page.click('Create a post');
  await page.fill('Title', title, 'Create a post');
  await page.fill('Content', 'Typed into the real page', 'Create a post');
  await page.click(category, 'Create a post');
  await page.click('Create', 'Create a post');
  await waitForText(page, title);
}

export async function changeTitle(page: Page, title: string, newTitle: string): Promise<void> {
  await page.click(`Edit ${title}`);
  await page.fill('Title', newTitle, `Edit ${title}`);
  await page.click('Save', `Edit ${title}`);
  await waitForText(page, newTitle);
}
