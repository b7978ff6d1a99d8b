import { argv } from 'node:process';
import { BrowserSession, browserNames, fetchRequest, judge } from '../dist/index.js';

/** How many verdicts a second: a preflight, cookies sent and stored, headers filtered. With `--check` it fails below the target. */
const target = 10_000;
const page = { origin: 'https://app.example.com' };
const answers = {
  preflight: {
    status: 204,
    headers: [
      ['Access-Control-Allow-Origin', page.origin],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Access-Control-Allow-Methods', 'PATCH'],
      ['Access-Control-Allow-Headers', 'content-type'],
      ['Access-Control-Max-Age', '0'],
    ],
  },
  request: {
    status: 200,
    headers: [
      ['Access-Control-Allow-Origin', page.origin],
      ['Access-Control-Allow-Credentials', 'true'],
      ['Set-Cookie', 'session=1; Secure; HttpOnly; SameSite=Lax; Path=/'],
      ['ETag', '"1"'],
    ],
  },
};
const sessions = browserNames.map((name) => new BrowserSession(name));
const request = fetchRequest('https://api.example.com/posts/1', {
  method: 'PATCH',
  credentials: 'include',
  headers: { 'Content-Type': 'application/json' },
  body: '{}',
});

function verdicts(count) {
  for (let index = 0; index < count; index += 1) {
    const { outcome } = judge(sessions[index % sessions.length], page, request, ({ kind }) => answers[kind]);
    if (outcome !== 'readable') throw new Error(outcome);
  }
}

verdicts(5_000);
const [count, before] = [50_000, process.cpuUsage()];
verdicts(count);
const { user, system } = process.cpuUsage(before);
const perSecond = Math.round((count / (user + system)) * 1_000_000);
const isMet = perSecond >= target;
console.log(`${perSecond} verdicts a second of one processor (>= ${target}: ${isMet ? 'met' : 'missed'})`);
if (argv.includes('--check') && !isMet) process.exitCode = 1;
