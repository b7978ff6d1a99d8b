/** @import { JsonValue } from '../step.js' */
/** @import { Request } from './requests.js' */

/** The header by which each client of a step is known. */
const credentials = {
  nobody: {},
  'other user': { Cookie: '{{otherUserCookie}}' },
  admin: { Cookie: '{{adminCookie}}' },
  phone: { Cookie: '{{phoneCookie}}' },
  copy: { Cookie: '{{copiedCookie}}' },
  token: { Authorization: 'Bearer {{token}}' },
};

/** What browsers send for a page. */
const pages = {
  frontend: { Origin: '{{frontendUrl}}', 'Sec-Fetch-Site': 'same-site' },
  'another origin': { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' },
};

/** A request as an item of a collection (v2.1). https://schema.postman.com @param {Request} request */
export function toItem(request) {
  const { name, says, method, url, as, from, before, raw, body } = request;
  /** @type {Record<string, string>} */
  const headers = { ...(as && credentials[as]), ...(from && pages[from]), ...request.headers };
  const text = raw ?? (body && bodyText(body));
  const language = headers['Content-Type'] === 'text/plain' ? 'text' : 'json';
  return {
    name,
    event: [
      ...(before === undefined ? [] : [event('prerequest', linesOf(before))]),
      event('test', [...assertionsOf(request), ...(request.after === undefined ? [] : linesOf(request.after))]),
    ],
    ...((as !== undefined || method === 'OPTIONS') && { protocolProfileBehavior: { disableCookies: true } }),
    request: {
      description: says,
      method,
      header: Object.entries(headers).map(([key, value]) => ({ key, value })),
      ...(text !== undefined && { body: { mode: 'raw', raw: text, options: { raw: { language } } } }),
      url,
    },
  };
}

/** @param {'prerequest' | 'test'} listen @param {string[]} exec */
export const event = (listen, exec) => ({ listen, script: { type: 'text/javascript', exec } });

/** A variable with an id is a number, so it stands without quotes. @param {object} body */
const bodyText = (body) => JSON.stringify(body, null, 2).replaceAll(/"(\{\{\w*Id\}\})"/g, '$1');

/** What holds for this response alone. `scripts/` has what holds for all. @param {Request} request */
function assertionsOf({ status, errors, type, detail, has = {}, cookies, store = {}, checks = {}, ...request }) {
  const json = 'pm.response.json()';
  const problem = [
    errors && `pm.expect(${json}.errors.map(({ path }) => path)).to.have.members(${literal(errors)});`,
    type && `pm.expect(${json}.type).to.equal('urn:problem:${type}');`,
    detail && `pm.expect(${json}.detail).to.include(${literal(detail)});`,
    ...(cookies === undefined ? [] : cookieAssertions[cookies]),
    ...Object.values(store).flatMap((from) => headerAssertions[from] ?? []),
    request.allows && `pm.expect(${methodsOf(request)}).to.have.members(${literal(request.allows)});`,
  ].filter((line) => line !== undefined);
  const values = Object.entries(has).map(
    ([path, value]) => `pm.expect(${json}).to.have.deep.nested.property('${path}', ${literal(value)});`,
  );
  return [
    ...test(`responds with ${status}`, [`pm.response.to.have.status(${status});`, ...problem]),
    ...(values.length > 0 ? test(`has ${Object.keys(has).join(', ')} as expected`, values) : []),
    ...Object.entries(checks).flatMap(([name, check]) => test(name, linesOf(check))),
    ...Object.entries(store).map(
      ([variable, path]) => `pm.collectionVariables.set('${variable}', ${headerValues[path] ?? `${json}.${path}`});`,
    ),
  ];
}

const setCookies = `pm.response.headers.filter(({ key }) => key === 'Set-Cookie').map(({ value }) => value)`;

/** How each cookie of the response begins or ends. `scripts/check-response.js` checks their other attributes. */
const cookieAssertions = {
  sets: [`const cookies = ${setCookies};`, ...eachCookie(String.raw`/^[\w-]+=[^;].*; Max-Age=\d{5,}/`)],
  clears: [`const cookies = ${setCookies};`, ...eachCookie('/^[\\w-]+=;.*; Expires=Thu, 01 Jan 1970/')],
  leaves: [`pm.expect(pm.response.headers.has('Set-Cookie')).to.equal(false);`],
};

/** @param {string} pattern */
function eachCookie(pattern) {
  return [
    'pm.expect(cookies).to.have.lengthOf(2);',
    `for (const cookie of cookies) pm.expect(cookie).to.match(${pattern});`,
  ];
}

/** The methods that a response lists. @param {Pick<Request, 'headers'>} request */
const methodsOf = ({ headers }) =>
  `pm.response.headers.get('${'Access-Control-Request-Method' in headers ? 'Access-Control-Allow-Methods' : 'Allow'}').split(/, ?/)`;

/** What a variable stores of a header: cookies as a client sends them, and the cursor of the next page. @type {Record<string, string>} */
const headerValues = {
  'Set-Cookie': `${setCookies}.map((cookie) => cookie.split(';')[0]).join('; ')`,
  ETag: `pm.response.headers.get('ETag')`,
  Link: `/[?&]cursor=([^&>]+)/.exec(pm.response.headers.get('Link'))[1]`,
};

/** @type {Record<string, string[]>} */
const headerAssertions = {
  ETag: [String.raw`pm.expect(pm.response.headers.get('ETag')).to.match(/^(W\/)?"[^"]+"$/);`],
  Link: [String.raw`pm.expect(pm.response.headers.get('Link')).to.match(/^<\/[\w-]+\?.*cursor=.*>; rel="next"$/);`],
};

/** @param {string} name @param {string[]} lines */
const test = (name, lines) => [`pm.test(${literal(name)}, () => {`, ...lines.map((line) => `  ${line}`), '});'];

/** JavaScript for a value, in which variables are replaced. @param {JsonValue} value @returns {string} */
function literal(value) {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${key}: ${literal(each ?? null)}`)
      .join(', ')} }`;
  if (typeof value !== 'string') return JSON.stringify(value);
  const [, id] = /^\{\{(\w*Id)\}\}$/.exec(value) ?? [];
  if (id !== undefined) return `Number(pm.variables.get('${id}'))`;
  const quoted = `'${value.replaceAll(/[\\']/g, '\\$&')}'`;
  return value.includes('{{') ? `pm.variables.replaceIn(${quoted})` : quoted;
}

/** The body of a function of a step, as the lines of a script. @param {() => void} script */
function linesOf(script) {
  const source = script.toString();
  const body = source.slice(source.indexOf('=>') + 2).trim();
  const lines = (body.startsWith('{') ? body.slice(1, -1) : `${body};`)
    .split('\n')
    .filter((line) => line.trim() !== '');
  const [first = '', ...others] = lines;
  const indent = Math.min(...(body.startsWith('{') ? lines : others).map((line) => line.search(/\S/)));
  return body.startsWith('{')
    ? lines.map((line) => line.slice(indent))
    : [first, ...others.map((line) => line.slice(indent))];
}
