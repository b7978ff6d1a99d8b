import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Address } from '../page/server-target.js';
import { examine, type ExamineOptions } from './examine.js';
import type { LogIn } from './probes/session.js';
import { report } from './report.js';

const usage = `Usage: browser-verdict doctor <page origin> <API URL> [options]

What will Chromium, Firefox and Safari do with the requests of this page to this API?

  --method <name>      a method whose preflight is tried; repeatable (default: POST)
  --header <name>      a request header that the page sends; repeatable (default: Content-Type)
  --openapi <url>      tries the preflight of every operation of this document
  --no-credentials     the page sends no cookies
  --log-in <path>      logs in for real, and looks at the cookies; needs --body
  --body <file>        what to log in with; - reads the standard input
  --type <type>        of the body (default: application/json)
  --log-out <path>     logs out for real (default: derived from the path of the log-in)
  --resolve <host:port:address:port>   connects to another address; repeatable
  --ca <file>          trusts this authority (PEM) too
  --timeout <seconds>  for everything together (default: 25, at most 30)
  --json               prints JSON
  --verbose            prints what was sent and what came

Exit code: 0 works in all browsers, 1 blocked somewhere or open to strangers, 2 could not ask.`;

const options = {
  method: { type: 'string', multiple: true },
  header: { type: 'string', multiple: true },
  openapi: { type: 'string' },
  'no-credentials': { type: 'boolean' },
  'log-in': { type: 'string' },
  'log-out': { type: 'string' },
  body: { type: 'string' },
  type: { type: 'string' },
  resolve: { type: 'string', multiple: true },
  ca: { type: 'string' },
  timeout: { type: 'string' },
  json: { type: 'boolean' },
  verbose: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

type Values = ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>>['values'];

/** The command line. @returns the exit code */
export async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    const [command, page, api] = positionals;
    if (values.help || command !== 'doctor' || page === undefined || api === undefined || positionals.length > 3) {
      (values.help ? process.stdout : process.stderr).write(`${usage}\n`);
      return values.help ? 0 : 2;
    }
    return await doctor(page, api, values);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    return 2;
  }
}

async function doctor(page: string, api: string, values: Values): Promise<number> {
  const { json = false, verbose = false } = values;
  const isTerminal = process.stderr.isTTY && !json;
  const onProgress = (name: string) => {
    if (isTerminal) process.stderr.write(`\r\x1B[K${name} …`);
  };
  const examination = await examine(page, api, { ...examineOptions(values), onProgress });
  if (isTerminal) process.stderr.write('\r\x1B[K');
  const { log, ...shown } = examination;
  const colors = process.stdout.isTTY && process.env.NO_COLOR === undefined;
  const text = json
    ? JSON.stringify({ ...shown, requests: log.length }, null, 2)
    : report(examination, { colors, verbose });
  process.stdout.write(`${text}\n`);
  return examination.exitCode;
}

function examineOptions(values: Values): ExamineOptions {
  const seconds = Number(values.timeout ?? 25);
  if (!(seconds > 0)) throw new TypeError('--timeout is not a number of seconds');
  const deadlineMs = Math.min(seconds, 30) * 1000;
  return {
    ...(values.method ? { methods: values.method } : {}),
    ...(values.header ? { headers: values.header.map((name) => name.replace(/:.*/s, '')) } : {}),
    ...{ openapi: values.openapi, logIn: logInOf(values), credentials: !values['no-credentials'] },
    ...{
      resolve: Object.fromEntries((values.resolve ?? []).map(addressOf)),
      deadlineMs,
      timeoutMs: Math.min(8_000, deadlineMs),
    },
    ca: values.ca === undefined ? undefined : readFileSync(values.ca, 'utf8'),
  };
}

function logInOf(values: Values): LogIn | undefined {
  const path = values['log-in'];
  if (path === undefined) return undefined;
  if (values.body === undefined)
    throw new TypeError('--log-in needs --body <file>, or --body - for the standard input');
  const body = readFileSync(values.body === '-' ? 0 : values.body);
  const derived = path.replace(/(log|sign)(-?_?)(in|on)/i, '$1$2out');
  const logOutPath = values['log-out'] ?? (derived === path ? undefined : derived);
  return { path, body, type: values.type ?? 'application/json', logOutPath };
}

function addressOf(text: string): [string, Address] {
  const [, host, port, address, to] = /^([^:]+):(\d+):(\[.*\]|[^:]+):(\d+)$/.exec(text) ?? [];
  if (host === undefined || address === undefined)
    throw new TypeError(`--resolve is not host:port:address:port: ${text}`);
  return [
    `${host}:${port ?? ''}`,
    { host: address.replace(/^\[|\]$/g, ''), port: Number(to), protocol: port === '443' ? 'https:' : 'http:' },
  ];
}
