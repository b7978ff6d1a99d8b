import { readFileSync, writeFileSync } from 'node:fs';

/**
 * A table of a Markdown file whose last three columns are Chromium, Firefox and WebKit, in that order. It cannot lie: the suite
 * compares each cell with what it measures, or, with `WRITE_DOCS=1`, writes it.
 */
export class MarkdownTable {
  private readonly measured = new Map<string, string[]>();

  /** @param marker the comment in the file, above the table */
  constructor(
    private readonly path: string,
    private readonly marker: string,
  ) {}

  static readonly isWriting = process.env.WRITE_DOCS === '1';

  /** @returns what the file says; what was measured, when it is to be written. */
  cell(row: string[], column: number, measured: string): string | undefined {
    const key = row.join(' | ');
    if (!MarkdownTable.isWriting) return this.rows().get(key)?.[column];
    const cells = this.measured.get(key) ?? [];
    cells[column] = measured;
    this.measured.set(key, cells);
    return measured;
  }

  /** @param columns the head of the first columns @param versions of the browsers that were measured */
  save(columns: string[], versions: string[]): void {
    if (!MarkdownTable.isWriting) return;
    const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
    const head = [...columns, ...versions];
    const body = [...this.measured].map(([row, cells]) => line([row, ...cells]));
    const table = [line(head), line(head.map(() => '---')), ...body].join('\n');
    const [before = '', after = ''] = this.text().split(`${this.marker}\n\n`, 2);
    const rest = after.replace(/^(\|.*\n)*/, '');
    writeFileSync(this.path, `${before}${this.marker}\n\n${table}\n${rest}`);
  }

  private rows(): Map<string, string[]> {
    const [, after = ''] = this.text().split(`${this.marker}\n\n`, 2);
    const lines = after.split('\n\n', 1)[0]?.split('\n').slice(2) ?? [];
    return new Map(
      lines.map((line) => {
        const cells = line.replace(/^\| *| *\|$/g, '').split(/ +\| /).map((cell) => cell.trim()); // prettier-ignore
        return [cells.slice(0, -3).join(' | '), cells.slice(-3)];
      }),
    );
  }

  private text(): string {
    return readFileSync(this.path, 'utf8');
  }
}
