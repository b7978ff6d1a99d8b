import { readFileSync, writeFileSync } from 'node:fs';

/**
 * A table in a Markdown file. Its last three columns are Chromium, Firefox and WebKit, in this order. The tests compare each
 * of their cells with what they measure. With `WRITE_DOCS=1`, they write the measured values into the file instead.
 */
export class MarkdownTable {
  private readonly measuredRows = new Map<string, string[]>();

  /** @param marker the comment above the table */
  constructor(
    private readonly path: string,
    private readonly marker: string,
  ) {}

  static readonly isWriting = process.env.WRITE_DOCS === '1';

  /** @returns the cell in the file; with `WRITE_DOCS=1`, the measured value */
  cell(row: string[], column: number, measured: string): string | undefined {
    const key = row.join(' | ');
    if (!MarkdownTable.isWriting) return this.rows().get(key)?.[column];
    const cells = this.measuredRows.get(key) ?? [];
    cells[column] = measured;
    this.measuredRows.set(key, cells);
    return measured;
  }

  /**
   * Writes the table, with `WRITE_DOCS=1` only.
   * @param columns the names of the first columns
   * @param versions the names of the last columns: the browsers with their versions
   */
  save(columns: string[], versions: string[]): void {
    if (!MarkdownTable.isWriting) return;
    const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
    const head = [...columns, ...versions];
    const body = [...this.measuredRows].map(([row, cells]) => line([row, ...cells]));
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
