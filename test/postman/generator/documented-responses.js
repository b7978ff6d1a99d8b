/** @import { Document, DocumentedOperation, Schema } from './document.js' */

/** What a test does not need of a schema. */
const annotations = ['description', 'example', 'examples', 'default', 'writeOnly'];

/**
 * The responses of all successes with a body, as the constants that `scripts/check-response.js` uses.
 *
 * @param {Document} document
 * @returns {string[]} lines of a script
 */
export function documentedResponses(document) {
  const all = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, { responses }]) => successOf(`${method.toUpperCase()} ${path}`, responses)),
  );
  const responses = Object.fromEntries(all);
  const schemas = componentsOf(responses, document.components.schemas);
  return [
    '// What /openapi.json says about successes.',
    ...`const components = ${JSON.stringify({ schemas }, withoutAnnotations, 2)};`.split('\n'),
    `const responses = {`,
    ...all.map(([name, response]) => `  '${name}': ${JSON.stringify(response, withoutAnnotations)},`),
    '};',
    '',
  ];
}

/** @param {string} call @param {DocumentedOperation['responses']} responses */
function successOf(call, responses) {
  return Object.entries(responses).flatMap(([status, { content, headers = {} }]) => {
    const schema = content?.['application/json']?.schema;
    // The last page of a list has no `Link`.
    const required = Object.keys(headers).filter((name) => name !== 'Link');
    return schema === undefined ? [] : [[`${call} ${status}`, { schema, headers: required }]];
  });
}

/**
 * The components that a part of the document refers to, and those that these refer to.
 *
 * @param {object} part
 * @param {Record<string, Schema>} components
 * @returns {Record<string, Schema>}
 */
function componentsOf(part, components) {
  const found = new Set();
  const visit = (/** @type {object | undefined} */ each) => {
    for (const [, name] of JSON.stringify(each ?? {}).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(components[name ?? '']);
    }
  };
  visit(part);
  return Object.fromEntries(Object.entries(components).filter(([name]) => found.has(name)));
}

/** Keeps a property that is named like an annotation: its value is a schema. @param {string} key @param {unknown} value */
const withoutAnnotations = (key, value) =>
  annotations.includes(key) && (typeof value !== 'object' || Array.isArray(value) || value === null)
    ? undefined
    : value;
