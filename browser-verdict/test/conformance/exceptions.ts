const mixed =
  'A unit test of the loader, below the check for mixed content. In a browser, an https page that calls http is blocked as mixed content.';

/** Rows that the rules do not follow, as `file/id`, each with what browsers do and why. */
export const exceptions: Readonly<Record<string, string>> = {
  'cors-errors/loader/02': mixed,
  'cors-errors/loader/04': mixed,
};
