import { ConfigService } from '@nestjs/config';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject, type StandardSchemaConverter } from '@nestjs/swagger';
import type { Request } from 'express';
import { z } from 'zod';
import type { Environment } from '../config/environment.schema.js';
import { pathPrefix } from '../config/path-prefix.js';
import { RoutePolicies } from '../cross-origin/route-policies.js';
import { cacheControl, revalidated } from '../http/cache-control.js';
import { cookieNames } from '../origin-rules/cookies.js';
import { problemSchema } from '../problems/problem.schema.js';
import { toDocsDocument } from './docs-document.js';
import { docsAssets } from './docs-assets.middleware.js';
import { problemResponse } from './response.decorators.js';

/** `/openapi.json` (OpenAPI 3.1) and `/docs` (Swagger UI), from the schemas that validate. `/` leads to `/docs`. */
export function setUpOpenApi(app: NestExpressApplication): void {
  const config = app.get<ConfigService<Environment, true>>(ConfigService);
  const apiUrl = config.get('API_URL', { infer: true });
  const { access } = cookieNames(apiUrl, config.get('COOKIE_PREFIX', { infer: true }));
  app.use(['/docs', '/openapi.json'], cacheControl(revalidated));
  app.use('/docs', docsAssets);
  SwaggerModule.setup('docs', app, () => createDocument(app, apiUrl, access), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    swaggerOptions: { withCredentials: true },
    patchDocumentOnRequest: (request, _, document) =>
      (request as Request).path.endsWith('.js') ? toDocsDocument(document) : document,
  });
  app.get(RoutePolicies).set('/openapi.json', { origins: 'any' });
  const express = app.getHttpAdapter().getInstance();
  express.get('/', (_, response) => response.redirect(`${pathPrefix(apiUrl)}/docs`));
}

const tags = {
  authentication: 'Accounts and sessions. A session is held by two HttpOnly cookies.',
  posts: 'Texts with an author, in categories.',
  categories: 'Categories of posts and products.',
  products: 'Things with a price, in categories.',
  origins: 'The origins whose pages may call this API. For admins.',
  health: 'For load balancers and orchestrators.',
};

function createDocument(app: NestExpressApplication, apiUrl: URL, cookieName: string): OpenAPIObject {
  const information = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Cross-origin API')
    .setVersion('0.1.0')
    .setDescription(
      'Posts, categories and products for a browser frontend on another origin, which logs in with a cookie.',
    )
    .setLicense('MIT', 'https://opensource.org/license/mit')
    // Relative to the document, so that Swagger UI works under every name of this machine, 127.0.0.1 too.
    .addServer(pathPrefix(apiUrl) || '/')
    .addServer(apiUrl.origin + pathPrefix(apiUrl))
    .addCookieAuth(cookieName, { type: 'apiKey', in: 'cookie', name: cookieName }, 'session')
    .addBearerAuth({ type: 'http', scheme: 'bearer', description: 'A personal access token' }, 'token')
    .addSecurityRequirements('session')
    .addSecurityRequirements('token');
  for (const [name, description] of Object.entries(tags)) information.addTag(name, description);
  const document = SwaggerModule.createDocument(app, information.build(), {
    standardSchemaConverter: toOpenApi,
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '').toLowerCase()}-${method}`,
  });
  document.info.contact = { name: 'The maintainers' };
  return complete(document);
}

/** Zod's own JSON Schema (draft 2020-12, which OpenAPI 3.1 is); a schema with an id becomes a component. */
const toOpenApi = ((schema, { schemaType }) => {
  const json = z.toJSONSchema(schema as z.ZodType, { io: schemaType, unrepresentable: 'any', override: adjust });
  delete json.$schema;
  const { $defs: components = {}, ...rest } = json;
  return { schema: rest, components };
}) satisfies StandardSchemaConverter;

/** Describes times, removes what `format` and `integer` say already, and adds what Zod leaves out of transformed input. */
function adjust({ zodSchema, jsonSchema }: Parameters<Override>[0]): void {
  const { _zod: zod } = zodSchema;
  const { examples } = z.globalRegistry.get(zodSchema) ?? {};
  if (examples) jsonSchema.examples = examples as unknown[];
  if (zod.def.type === 'date') Object.assign(jsonSchema, { type: 'string', format: 'date-time' });
  if (zod.def.type === 'default') jsonSchema.default = zod.def.defaultValue;
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'email') delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** Adds what is the same for all operations of a kind. */
function complete(document: OpenAPIObject): OpenAPIObject {
  const { components } = toOpenApi(problemSchema, { schemaType: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...(components as object) },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) if (item[method] !== undefined) describeOperation(method, item[method]);
    if (`${path}/{id}` in document.paths)
      describeHeader(item.post, '201', 'Location', 'The path of the created resource');
    if (item.get?.parameters?.some((parameter) => 'name' in parameter && parameter.name === 'cursor'))
      describeHeader(item.get, '200', 'Link', 'The next page: <...>; rel="next"; none after the last one');
  }
  return document;
}

function describeHeader(operation: Operation | undefined, status: string, name: string, description: string): void {
  const response = operation?.responses[status];
  if (response !== undefined && !('$ref' in response))
    response.headers = { [name]: { description, schema: { type: 'string' } } };
}

function describeOperation(method: string, operation: Operation): void {
  const name = operation.operationId?.replace(/^.*-/, '') ?? method;
  operation.summary ??= name
    .replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    .replace(/^./, (letter) => letter.toUpperCase());
  operation.description ??= audienceOf(operation);
  describeProblems(method, operation);
}

function audienceOf(operation: Operation): string {
  if (isPublic(operation)) return 'Open to everyone.';
  return isSessionOnly(operation) ? 'Needs a session: a token is not enough.' : 'Needs a session or a token.';
}

/** Other routes have the requirements of the document. */
function isSessionOnly({ security }: Operation): boolean {
  return security?.every((requirement) => 'session' in requirement) ?? false;
}

function isPublic({ security }: Operation): boolean {
  return security?.some((requirement) => Object.keys(requirement).length === 0) ?? false;
}

function describeProblems(method: string, operation: Operation): void {
  const mayHaveBody = method !== 'get';
  const hasId = operation.parameters?.some((parameter) => 'in' in parameter && parameter.in === 'path') ?? false;
  const statuses = [
    400, // also for a Host that is not valid
    !isPublic(operation) && 401,
    (method !== 'get' || isSessionOnly(operation)) && 403,
    hasId && 404,
    406,
    mayHaveBody && 413,
    mayHaveBody && 415,
    mayHaveBody && 429, // WRITE_QUOTA, or the limits of @RateLimited()
    500,
    503,
  ];
  for (const status of statuses) if (status) operation.responses[String(status)] ??= problemResponse(status);
}
