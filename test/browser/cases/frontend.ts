import type { Page } from '../browsers/browser.js';
import { newPerson } from './calls.js';
import { see } from './texts.js';

/** By the form. The visitor is logged in afterwards, if the browser keeps the cookies. */
export async function register(page: Page): Promise<void> {
  const { email, name, password } = newPerson();
  await page.press('Account');
  await page.fill('Name', name, 'Register');
  await page.fill('E-mail address', email, 'Register');
  await page.fill('Password', password, 'Register');
  await page.press('Register', 'Register');
}

export async function addCategory(page: Page, name: string): Promise<void> {
  await page.press('Categories');
  await page.press('Add a category');
  await page.fill('Name', name, 'Add a category');
  await page.press('Add', 'Add a category');
  await see(page, name);
}

/** @param category that exists */
export async function writePost(page: Page, title: string, category: string): Promise<void> {
  await page.press('Posts');
  await page.press('Write a post');
  await page.fill('Title', title, 'Write a post');
  await page.fill('Content', 'Typed into the real page', 'Write a post');
  await page.press(category, 'Write a post');
  await page.press('Publish', 'Write a post');
  await see(page, title);
}

export async function renamePost(page: Page, from: string, to: string): Promise<void> {
  await page.press(`Edit ${from}`);
  await page.fill('Title', to, `Edit ${from}`);
  await page.press('Save', `Edit ${from}`);
  await see(page, to);
}
