/**
 * @typedef {object} Result
 * @property {string} name
 * @property {string} unit of `ours` and `theirs`
 * @property {number} ours
 * @property {number} [theirs] of the baseline, if there is one
 * @property {number} [ratio] ours to theirs
 * @property {[number, number]} [spread] the lowest and the highest ratio of a round
 * @property {number} [processor] the ratio by processor time
 * @property {number} [atLeast] the bar, for the ratio, or for `ours` if there is no baseline
 * @property {number} [atMost]
 */

/** @param {Result} result */
function verdict(result) {
  const { atLeast, atMost } = result;
  if (atLeast === undefined && atMost === undefined) return ['', ''];
  return [atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`, isMissed(result) ? 'MISSED' : 'met'];
}

/** @param {Result[]} results */
export function print(results) {
  const rows = results.map((result) => [
    result.name,
    result.unit,
    round(result.ours),
    round(result.theirs),
    result.ratio?.toFixed(2) ?? '',
    result.spread?.map((ratio) => ratio.toFixed(2)).join('-') ?? '',
    result.processor?.toFixed(2) ?? '',
    ...verdict(result),
  ]);
  const table = [['measure', 'unit', 'API', 'against', 'ratio', 'of a round', 'processor', 'bar', ''], ...rows];
  const widths = table[0]?.map((_, column) => Math.max(...table.map((row) => row[column]?.length ?? 0))) ?? [];
  for (const row of table) console.log(row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

/** @param {Result[]} results */
export const missed = (results) => results.filter(isMissed);

/** @param {Result} result */
function isMissed({ ours, ratio = ours, atLeast = -Infinity, atMost = Infinity }) {
  return ratio < atLeast || ratio > atMost;
}

/** @param {number} [value] */
function round(value) {
  if (value === undefined) return '';
  return value < 100 ? value.toFixed(1) : value.toFixed(0);
}
