import type { OriginList } from '../origin-rules/origin-list.js';

/** The pages of the frontend that the links in mails open. */
export interface MailPages {
  PASSWORD_RESET_URL: URL;
  EMAIL_CONFIRMATION_URL: URL;
}

/** Where a page is that is not set: at this path of the one frontend. */
const defaultPaths = { PASSWORD_RESET_URL: '/reset-password', EMAIL_CONFIRMATION_URL: '/confirm-email' } as const;

type Variable = keyof MailPages;

interface Given extends Partial<MailPages> {
  SMTP_URL?: string;
}

/** @returns one line for each page that has to be set, because FRONTEND_URL does not name one single origin */
export function findMailPages(
  given: Given,
  frontends: OriginList,
  apiUrl: URL | undefined,
): MailPages & { mistakes: string[] } {
  const origins = frontends.entries.filter((entry) => /^https?:/.test(entry) && !entry.includes('*'));
  // Without any, the pages and the API are one origin. An API_URL that is not valid is a mistake by itself.
  const [origin = apiUrl?.origin ?? 'http://localhost'] = origins;
  const isKnown = origins.length === 1 || frontends.isEmpty || given.SMTP_URL === undefined;
  const pageOf = (variable: Variable) => given[variable] ?? new URL(defaultPaths[variable], origin);
  const missing = (Object.keys(defaultPaths) as Variable[]).filter((variable) => given[variable] === undefined);
  return {
    PASSWORD_RESET_URL: pageOf('PASSWORD_RESET_URL'),
    EMAIL_CONFIRMATION_URL: pageOf('EMAIL_CONFIRMATION_URL'),
    mistakes: isKnown ? [] : missing.map((variable) => `${variable} ${cause}; for example ${pageOf(variable).href}`),
  };
}

const cause = 'is missing; mails link to one page of your frontend, and FRONTEND_URL does not name one single origin';
