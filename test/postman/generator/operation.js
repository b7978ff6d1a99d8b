import { resolve, sampleOf } from './sample.js';

/** @import { JsonValue } from '../step.js' */
/** @import { Document } from './document.js' */

/** What `/openapi.json` says about one operation. */
export class Operation {
  /**
   * @param {Document} document
   * @param {string} call method and path, as in `PATCH /posts/{id}`
   * @throws Error when the document has no such operation
   */
  constructor(document, call) {
    const [method = '', path = ''] = call.split(' ');
    const described = document.paths[path]?.[method.toLowerCase()];
    if (described === undefined) throw new Error(`/openapi.json has no operation ${call}.`);
    this.call = call;
    this.method = method;
    this.path = path;
    this.described = described;
    this.schemas = document.components.schemas;
    this.parameters = described.parameters ?? [];
  }

  /** The first part of the summary. */
  get name() {
    const [name = ''] = this.described.summary.split(/[:;]/);
    return name;
  }

  /** The rest of the summary, and the description, as sentences. */
  get description() {
    const rest = this.described.summary.slice(this.name.length + 1).trim();
    const sentence = `${rest.charAt(0).toUpperCase()}${rest.slice(1)}.`;
    return [rest && sentence, this.described.description].filter(Boolean).join(' ');
  }

  /** The status of a success. */
  get status() {
    return Number(Object.keys(this.described.responses).find((status) => status.startsWith('2')));
  }

  /** Whether it works without a session and without a token. */
  get isPublic() {
    const { security = [] } = this.described;
    return security.some((requirement) => Object.keys(requirement).length === 0);
  }

  get isUnsafe() {
    return this.method !== 'GET';
  }

  /** @param {number} status */
  mayRespondWith(status) {
    return String(status) in this.described.responses;
  }

  /** @param {string} place `path`, `query` or `header` @param {string} [name] */
  takes(place, name) {
    return this.parameters.some((parameter) => parameter.in === place && (name ?? parameter.name) === parameter.name);
  }

  /** The schema of the body, when it takes one. */
  get bodySchema() {
    const schema = this.described.requestBody?.content['application/json']?.schema;
    return schema === undefined ? undefined : resolve(schema, this.schemas);
  }

  /**
   * A body that is valid for the document. Without required fields it is an update, of one field.
   *
   * @param {Record<string, JsonValue>} values those of some fields
   * @param {boolean} isComplete with optional fields, or only with the required ones
   * @returns {Record<string, JsonValue> | undefined} undefined: it takes no body
   */
  bodyOf(values, isComplete) {
    if (this.bodySchema === undefined) return undefined;
    const names = Object.keys(this.bodySchema.properties ?? {});
    const { required = [] } = this.bodySchema;
    if (required.length === 0) return this.#updateOf(names, values);
    const sent = names.filter((name) => isComplete || required.includes(name));
    return Object.fromEntries(sent.map((name) => [name, values[name] ?? this.sampleOf(name)]));
  }

  /** @param {string[]} names @param {Record<string, JsonValue>} values */
  #updateOf(names, values) {
    const name = names.findLast((each) => !(each in values)) ?? names.at(-1) ?? '';
    return { [name]: values[name] ?? this.sampleOf(name, 1) };
  }

  /** A value of one field of the body. @param {string} name @param {0 | 1} [variant] */
  sampleOf(name, variant = 0) {
    return sampleOf(this.bodySchema?.properties?.[name] ?? {}, name, this.schemas, variant);
  }
}
