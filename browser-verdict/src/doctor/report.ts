import { browserNames, browsers } from '../rules/browsers.js';
import type { HeaderList } from '../rules/header-list.js';
import type { Examination } from './examine.js';
import type { Mark, Severity } from './findings.js';
import { printable, redactHeaders } from './redact.js';

export interface ReportOptions {
  colors: boolean;
  verbose: boolean;
}

const MARKS: Record<Mark, readonly [sign: string, color: number]> = {
  works: ['✓', 32],
  warning: ['!', 33],
  blocked: ['✗', 31],
};
const TITLES: Record<Severity, readonly [title: string, color: number]> = {
  unreachable: ['UNREACHABLE', 31],
  blocked: ['BLOCKED', 31],
  danger: ['DANGER', 35],
  warning: ['WARNING', 33],
};

/** The report for people. */
export function report(examination: Examination, options: ReportOptions): string {
  const paint = (text: string, color: number) => (options.colors ? `\x1B[${color}m${text}\x1B[0m` : text);
  const { page, api, probes, findings } = examination;
  const width = Math.max(...probes.map(({ name }) => name.length), 20);
  const titles = browserNames.map((name) => browsers[name].title.padEnd(10));
  const lines = probes.map(({ name, marks }) => {
    const signs = browserNames.map(
      (browser) => paint(MARKS[marks[browser]][0], MARKS[marks[browser]][1]) + ' '.repeat(9),
    );
    return `${printable(name).padEnd(width)}  ${signs.join('')}`.trimEnd();
  });
  return [
    `Page ${page}, API ${api}`,
    '',
    `${' '.repeat(width)}  ${titles.join('')}`.trimEnd(),
    ...lines,
    ...findings.flatMap((each) => ['', ...describe(each, options, paint)]),
    ...(options.verbose ? ['', 'On the wire:', ...examination.log.flatMap(wire)] : []),
    '',
    verdict(examination, paint),
  ].join('\n');
}

function describe(
  found: Examination['findings'][number],
  { verbose }: ReportOptions,
  paint: (text: string, color: number) => string,
): string[] {
  const [title, color] = TITLES[found.severity];
  const names = found.browsers.map((name) => browsers[name].title).join(', ');
  const howTo = Object.entries(found.howTo).slice(0, verbose ? undefined : 3);
  const words = browserNames.flatMap((name) => {
    const text = found.console[name];
    return text === undefined ? [] : [`  ${browsers[name].title} says: ${printable(text)}`];
  });
  return [
    `${paint(title, color)} ${found.code} (${names}; ${found.probes.join(', ')})`,
    `  ${found.title}`,
    ...(found.hint === undefined ? [] : [`  ${printable(found.hint)}`]),
    ...exchanged(found.exchange),
    ...words,
    `  ${paint('Cure:', 32)} ${found.cure}`,
    ...howTo.map(([name, text]) => `    ${name}: ${text}`),
  ];
}

const ABOUT =
  /^(?:origin|access-control-.*|cookie|set-cookie|location|vary|sec-fetch-site|server|via|cache-control|cross-origin-.*)$/i;

function exchanged(exchange: Examination['findings'][number]['exchange']): string[] {
  if (!exchange) return [];
  const { request, answer } = exchange;
  const pick = (headers: HeaderList) =>
    headers.filter(([name]) => ABOUT.test(name)).map(([name, value]) => `    ${name}: ${value}`);
  const came =
    'failure' in answer
      ? [`  came: ${printable(answer.detail ?? answer.failure)}`]
      : [`  came: ${answer.status}`, ...pick(answer.headers)];
  return [`  sent: ${request.method} ${request.url}`, ...pick(request.headers), ...came];
}

function wire({ request, answer }: Examination['log'][number]): string[] {
  const show = (sign: string, headers: HeaderList) =>
    redactHeaders(headers).map(([name, value]) => `${sign} ${name}: ${value}`);
  const came =
    'failure' in answer
      ? [`< ${printable(answer.detail ?? answer.failure)}`]
      : [`< ${answer.status}`, ...show('<', answer.headers)];
  return ['', `> ${request.method} ${request.url}`, ...show('>', request.headers), ...came];
}

function verdict(
  { browsers: marks, exitCode, findings }: Examination,
  paint: (text: string, color: number) => string,
): string {
  if (exitCode === 2) return paint('The API could not be asked.', 31);
  const blocked = browserNames.filter((name) => marks[name] === 'blocked').map((name) => browsers[name].title);
  if (blocked.length > 0) return paint(`Something has to change for ${blocked.join(', ')}.`, 31);
  return paint(`Works in ${browserNames.map((name) => browsers[name].title).join(', ')}${warnings(findings)}.`, 32);
}

function warnings(findings: Examination['findings']): string {
  const names = browserNames.filter((name) => findings.some((each) => each.browsers.includes(name)));
  if (names.length === 0) return '';
  const where =
    names.length === browserNames.length ? '' : ` for ${names.map((name) => browsers[name].title).join(', ')}`;
  return `, with ${findings.length} warning${findings.length > 1 ? 's' : ''}${where}`;
}
