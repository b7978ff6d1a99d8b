/** The rows of the first table in a Markdown text, cell by cell, without its head. */
export function tableIn(text: string): string[][] {
  const [table = ''] = /(?:^\|.*\n)+/m.exec(text) ?? [];
  const rows = table.trim().split('\n').slice(2);
  return rows.map((row) => row.split('|').slice(1, -1).map((cell) => cell.trim())); // prettier-ignore
}

/** What follows a text on a page, for example a heading. */
export function after(text: string, page: string): string {
  return page.slice(page.indexOf(text) + text.length);
}

/** The inline code of a cell or a line. */
export function codesIn(text: string): string[] {
  return [...text.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
}

/** The variables that a block of shell sets, as in `PORT=3100 npm start`. */
export function settingsIn(block: string): Record<string, string> {
  return Object.fromEntries(
    [...block.matchAll(/\b([A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

/** The blocks of code in a language. */
export function blocksIn(page: string, language: string): string[] {
  const blocks = page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'));
  return [...blocks].map(([, code = '']) => code);
}
