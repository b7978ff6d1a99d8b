import type { Type } from '@nestjs/common';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { RouteTable } from '../../src/http/route-table.js';
import { operationsOf, type Operation } from './openapi.js';

interface RecordedResponse {
  operation: string;
  status: number;
  /** Without parameters. */
  type: string;
  body: string;
}

/**
 * Every response that an API sends while a test runs, compared with its OpenAPI document: the status, the content type and
 * the body of each operation, and the problem document of anything else. Routes that only a test has are left out.
 */
export class RecordedResponses {
  /** Operations and statuses that were sent and were as documented, as in `GET /posts/{id} 404`. */
  readonly documented = new Set<string>();
  /** The name of each header that was sent, with the first request that it was sent to. */
  readonly headers = new Map<string, string>();
  /** The first response for each of them. */
  private readonly violations = new Map<string, string>();
  private operations: ReadonlyMap<string, Operation> = new Map();

  constructor(app: NestExpressApplication, controllers: Type[]) {
    const routes = app.get(RouteTable);
    const server = app.getHttpServer();
    server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
      const route = this.operations.size > 0 ? routes.find(request) : undefined;
      const method = request.method ?? '';
      const operation = `${method === 'HEAD' ? 'GET' : method} ${(route?.path ?? '').replaceAll(/:(\w+)/g, '{$1}')}`;
      const body = recordBody(response);
      response.once('finish', () => {
        for (const name of response.getHeaderNames())
          if (!this.headers.has(name)) this.headers.set(name, `${method} ${request.url ?? ''}`);
        const [type = ''] = String(response.getHeader('content-type') ?? '').split(';');
        const recorded = { operation, status: response.statusCode, type, body: body() };
        if (method === 'HEAD') this.checkStatus(recorded);
        else this.check(recorded);
      });
    });
    this.testOnly = controllers.map(({ name }) => `${name.replace('Controller', '').toLowerCase()}-`);
  }

  private readonly testOnly: string[];

  /** Until it is called, nothing is compared. */
  async readDocument(url: string): Promise<void> {
    const document = await documentOf(url);
    const isTestOnly = ({ operationId = '' }: Operation) => this.testOnly.some((name) => operationId.startsWith(name));
    this.operations = new Map(operationsOf(document.paths).filter(([, operation]) => !isTestOnly(operation)));
  }

  /** @throws Error that names each operation and status that is not as documented */
  assertDocumented(): void {
    const texts = [...this.violations].map(([violation, body]) => `${violation} (${body})`);
    if (texts.length === 0) return;
    throw new Error(['Not as /openapi.json documents it:', ...texts].join('\n  - '));
  }

  private check(recorded: RecordedResponse): void {
    const { operation, status, type, body } = recorded;
    if (!this.operations.has(operation)) {
      if (type === problemType) this.validate(recorded, problemPointer);
      return;
    }
    const content = this.checkStatus(recorded);
    if (content === undefined) return;
    if (content.length === 0 && body !== '') this.report(recorded, 'has a body, and none is documented');
    else if (content.length > 0 && !content.includes(type)) this.report(recorded, `is ${type || 'empty'}`);
    else if (content.length > 0) this.validate(recorded, pointerTo(operation, status, type));
    this.documented.add(`${operation} ${status}`);
  }

  /** @returns the documented content types, undefined for a status that is not documented */
  private checkStatus(recorded: RecordedResponse): string[] | undefined {
    const { operation, status } = recorded;
    const responses = this.operations.get(operation)?.responses;
    if (responses === undefined || isLeftOut(operation, status)) return undefined;
    const response = responses[String(status)];
    if (response === undefined) this.report(recorded, 'is a status that is not documented');
    return response && Object.keys(('content' in response && response.content) || {});
  }

  private validate(recorded: RecordedResponse, pointer: string): void {
    const validate = validatorOf(pointer);
    if (!validate(parse(recorded.body))) this.report(recorded, ajv.errorsText(validate.errors, { dataVar: 'body' }));
  }

  private report({ operation, status, body }: RecordedResponse, what: string): void {
    const violation = `${operation} ${status}: ${what}`;
    if (!this.violations.has(violation)) this.violations.set(violation, body.slice(0, 200));
  }
}

const problemType = 'application/problem+json';
const problemPointer = '#/components/schemas/Problem';
/**
 * What the document says once of all paths and not of each operation: 304 to a conditional GET (RFC 9110, section 13.1.2), and
 * what the server refuses before it looks at the path: a request that does not arrive in time, its target, expectation, host,
 * headers and method.
 */
const ofEveryPath = [304, 408, 414, 417, 421, 431, 501];

/** Beside these: the refusal of a body that a GET should not have. */
function isLeftOut(operation: string, status: number): boolean {
  return ofEveryPath.includes(status) || ([413, 415].includes(status) && operation.startsWith('GET '));
}

/** Compiled once in a test file, and the document read once: it is the same for every API, but for the addresses in it. */
const ajv = addFormats.default(new Ajv2020({ strict: false, allErrors: true }));
const validators = new Map<string, ValidateFunction>();
let document: Promise<OpenAPIObject> | undefined;

function documentOf(url: string): Promise<OpenAPIObject> {
  document ??= fetch(`${url}/openapi.json`).then(async (response) => {
    const document = (await response.json()) as OpenAPIObject;
    ajv.addSchema(document, 'openapi');
    return document;
  });
  return document;
}

function validatorOf(pointer: string): ValidateFunction {
  const validate = validators.get(pointer) ?? ajv.compile({ $ref: `openapi${pointer}` });
  validators.set(pointer, validate);
  return validate;
}

/** RFC 6901, in a URI fragment. */
function pointerTo(operation: string, status: number, type: string): string {
  const [method = '', path = ''] = operation.split(' ');
  const steps = ['paths', path, method.toLowerCase(), 'responses', String(status), 'content', type, 'schema'];
  return `#/${steps.map((step) => encodeURIComponent(step.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/')}`;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Keeps what is written to the response. @returns all of it as text */
function recordBody(response: ServerResponse): () => string {
  const chunks: Buffer[] = [];
  for (const name of ['write', 'end'] as const) {
    const original = response[name].bind(response) as (...given: unknown[]) => never;
    response[name] = (...given: unknown[]) => {
      const [chunk, encoding] = given;
      if (typeof chunk === 'string')
        chunks.push(Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8'));
      else if (chunk instanceof Uint8Array) chunks.push(Buffer.from(chunk));
      return original(...given);
    };
  }
  return () => Buffer.concat(chunks).toString();
}
