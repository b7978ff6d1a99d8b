import { failuresOf } from './failures.js';
import { Operation } from './operation.js';

/** @import { Folder, JsonValue, Step } from '../step.js' */
/** @import { Document } from './document.js' */

/**
 * One request of the collection.
 *
 * @typedef {Omit<Step, 'shows' | 'sends' | 'id' | 'query' | 'body'> & {
 *   name: string, says: string, method: string, url: string, status: number, headers: Record<string, string>,
 *   body?: Record<string, JsonValue | undefined> }} Request
 */

/** Makes requests of steps. The order of its calls is that of the collection. */
export class Requests {
  /** The variable with the id of the first item, by the path of its list. @type {Map<string, string>} */
  #ids = new Map();

  /** @param {Document} document @param {Folder[]} folders all, because folders need items of others */
  constructor(document, folders) {
    this.document = document;
    this.folders = folders;
  }

  /** The requests of a folder, without those of the folders in it. @param {Folder} folder @returns {Request[]} */
  of(folder) {
    const needs = this.#needsOf(folder);
    const created = needs.map((need) => this.#createNeeded(need, folder));
    const requests = (folder.steps ?? []).flatMap((step) => this.#requestsOf(step, folder));
    const deleted = needs.toReversed().map((need) => this.#deleteNeeded(need));
    return [...created, ...requests, ...deleted];
  }

  /** With what these need themselves, in the order in which they can be created. @param {Folder} folder @returns {Folder[]} */
  #needsOf({ needs = [] }) {
    const all = needs.flatMap((name) => {
      const needed = this.folders.find((folder) => folder.name === name);
      if (needed === undefined) throw new Error(`There is no folder ${name}.`);
      return [...this.#needsOf(needed), needed];
    });
    return [...new Set(all)];
  }

  /** @param {Folder} needed @param {Folder} folder */
  #createNeeded(needed, { name }) {
    const step = this.#creationOf(needed);
    const request = this.#toRequest({ ...step, shows: undefined, sends: step.shows }, needed);
    // What is unique in a run is so in a folder, too.
    const body = JSON.parse(JSON.stringify(request.body ?? {}).replaceAll('{{run}}', `{{run}} for ${name}`));
    const says = `What ${name} refer to. It is deleted at the end of this folder.`;
    return { ...request, body, says, has: {}, checks: {} };
  }

  /** @param {Folder} needed */
  #deleteNeeded(needed) {
    const sends = `DELETE ${this.#creationOf(needed).shows?.split(' ')[1]}/{id}`;
    return this.#toRequest({ sends, says: 'Nothing refers to it any more.' }, needed);
  }

  /** The first step of a folder creates what it is about. @param {Folder} folder */
  #creationOf({ name, steps = [] }) {
    const step = steps.find(({ shows }) => shows === `POST /${name}`);
    if (step === undefined) throw new Error(`The folder ${name} does not show POST /${name}.`);
    return step;
  }

  /** @param {Step} step @param {Folder} folder @returns {Request[]} */
  #requestsOf(step, folder) {
    const request = this.#toRequest(step, folder);
    if (step.shows === undefined) return [request];
    const failures = failuresOf(new Operation(this.document, step.shows), request);
    return request.method === 'DELETE' ? [...failures, request] : [request, ...failures];
  }

  /** @param {Step} step @param {Folder} folder @returns {Request} */
  #toRequest({ shows, sends = '', id, query, ...step }, { fields = {} }) {
    const call = shows ?? sends;
    const [method = '', path = ''] = call.split(' ');
    const operation = this.#operation(call);
    const { name = operation?.name, status = operation?.status } = step;
    const description = shows === undefined && step.says !== undefined ? undefined : operation?.description;
    const says = [description, step.says].filter(Boolean).join(' ');
    if (name === undefined || says === '' || status === undefined)
      throw new Error(`${name ?? call}: what is not in /openapi.json needs a name, a sentence (says) and a status.`);
    const key = shows !== undefined && operation?.takes('header', 'Idempotency-Key');
    const body = bodyOf(operation, fields, step, shows !== undefined);
    const request = {
      ...{ as: shows !== undefined && method === 'GET' && operation?.isPublic ? 'nobody' : undefined, ...step },
      ...{ name, says, method, status, body, url: this.#url(path, id) + (query === undefined ? '' : `?${query}`) },
      headers: { ...(key && { 'Idempotency-Key': `{{run}}-${path.slice(1)}` }), ...step.headers },
      ...(key && { store: { ...step.store, etag: 'ETag' } }),
    };
    const [variable] = Object.entries(step.store ?? {}).find(([, from]) => from === 'id') ?? [];
    if (variable !== undefined && !this.#ids.has(path)) this.#ids.set(path, variable);
    return /** @type {Request} */ (request);
  }

  /** @param {string} call */
  #operation(call) {
    const [method = '', path = ''] = call.split(' ');
    const isDocumented = this.document.paths[path]?.[method.toLowerCase()] !== undefined;
    return isDocumented ? new Operation(this.document, call) : undefined;
  }

  /** @param {string} path @param {string | number} [id] */
  #url(path, id) {
    if (!path.startsWith('/')) return path;
    const [list = ''] = path.split('/{id}');
    return `{{baseUrl}}${path.replace('{id}', String(id ?? `{{${this.#ids.get(list)}}}`))}`;
  }
}

/**
 * @param {Operation | undefined} operation
 * @param {Record<string, JsonValue>} fields
 * @param {Step} step
 * @param {boolean} isComplete
 */
function bodyOf(operation, fields, { body, raw }, isComplete) {
  if (raw !== undefined) return undefined;
  const isUpdate = operation?.bodySchema !== undefined && operation.bodySchema.required === undefined;
  const made = isUpdate && body !== undefined ? {} : operation?.bodyOf(fields, isComplete);
  return made === undefined ? body : { ...made, ...body };
}
