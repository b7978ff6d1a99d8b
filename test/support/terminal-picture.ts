const colors: Record<string, string> = { 31: '#ff7b72', 32: '#7ee787', 33: '#f2cc60', 35: '#d2a8ff' };
const columns = 104;
const [charWidth, lineHeight, margin, bar] = [8.4, 20, 20, 36];

interface Run {
  text: string;
  color: string | undefined;
  column: number;
}

/**
 * A picture of a terminal, in SVG.
 * @param output what a command printed, with the colours of a terminal
 * @param title what the picture shows, for those who do not see it
 */
export function terminalPicture(command: string, output: string, title: string): string {
  const lines = [`$ ${command}`, ...output.split('\n')].flatMap(wrap);
  const width = Math.ceil(columns * charWidth + 2 * margin);
  const height = bar + lines.length * lineHeight + margin;
  const dots = ['#ff5f57', '#febc2e', '#28c840'].map(
    (color, index) => `<circle cx="${String(margin + index * 20)}" cy="18" r="6" fill="${color}"/>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title" viewBox="0 0 ${String(width)} ${String(height)}" width="${String(width)}" height="${String(height)}">`,
    `<title id="title">${escape(title)}</title>`,
    `<rect width="100%" height="100%" rx="8" fill="#161b22"/>`,
    ...dots,
    '<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, \'DejaVu Sans Mono\', monospace" font-size="14" fill="#e6edf3">',
    ...lines.map((runs, index) => textOf(runs, bar + 14 + index * lineHeight)),
    '</g>',
    '</svg>\n',
  ].join('\n');
}

function textOf(runs: readonly Run[], y: number): string {
  const spans = runs.map(({ text, color, column }) => {
    const fill = color === undefined ? '' : ` fill="${color}"`;
    return `<tspan x="${(margin + column * charWidth).toFixed(1)}"${fill}>${escape(text)}</tspan>`;
  });
  return `<text y="${String(y)}" xml:space="preserve">${spans.join('')}</text>`;
}

/** The runs of one colour of a line; a long line goes on below, as far in as it begins. */
function wrap(line: string): Run[][] {
  const rows: Run[][] = [[]];
  // eslint-disable-next-line no-control-regex
  const indent = (/^ */.exec(line.replace(/\x1B\[\d+m/g, ''))?.[0].length ?? 0) + 2;
  let [color, column]: [string | undefined, number] = [undefined, 0];
  // eslint-disable-next-line no-control-regex
  for (const part of line.match(/\x1B\[\d+m| +|[^\x1B ]+/g) ?? []) {
    if (part.startsWith('\x1B')) {
      color = colors[part.slice(2, -1)];
      continue;
    }
    if (column + part.length > columns) {
      rows.push([]);
      column = indent;
      if (part.trim() === '') continue;
    }
    if (part.trim() !== '') rows.at(-1)?.push({ text: part, color, column });
    column += part.length;
  }
  return rows.map(join);
}

/** Words of one colour that stand side by side are one run. */
function join(words: readonly Run[]): Run[] {
  const runs: Run[] = [];
  for (const word of words) {
    const last = runs.at(-1);
    if (last?.color === word.color && last && last.column + last.text.length + 1 === word.column)
      last.text += ` ${word.text}`;
    else runs.push({ ...word });
  }
  return runs;
}

const escape = (text: string) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
