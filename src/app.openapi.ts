import { DocumentBuilder, SwaggerModule, type OpenAPIObject, type StandardSchemaConverter } from '@nestjs/swagger';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { z } from 'zod';
import type { Configuration } from './config/environment.js';
import { CrossOriginPolicy } from './cross-origin/cross-origin-policy.js';
import { problemResponse } from './http/answers.js';
import { problemSchema } from './http/problem.js';

/** `/openapi.json` (OpenAPI 3.1) and `/docs` (Swagger UI), from the schemas that validate. */
export function serveOpenApi(app: NestExpressApplication, config: Configuration): void {
  SwaggerModule.setup('docs', app, () => describe(app, config), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    swaggerOptions: { withCredentials: true },
  });
}

const tags = {
  authentication: 'Accounts and sessions. A session travels in two HttpOnly cookies.',
  posts: 'Texts with an author, in categories.',
  categories: 'What posts and products are sorted into.',
  products: 'Things with a price, in categories.',
  origins: 'The origins whose pages may call this API. For admins.',
  health: 'For load balancers and orchestrators.',
};

function describe(app: NestExpressApplication, config: Configuration): OpenAPIObject {
  const { access } = app.get(CrossOriginPolicy).cookies;
  const information = new DocumentBuilder()
    .setOpenAPIVersion('3.1.0')
    .setTitle('Cross-origin API')
    .setVersion('0.1.0')
    .setDescription(
      'Posts, categories and products for a browser frontend on another origin, which logs in with a cookie.',
    )
    .setLicense('MIT', 'https://opensource.org/license/mit')
    .addServer(config.get('API_URL', { infer: true }))
    .addCookieAuth(access.name, { type: 'apiKey', in: 'cookie', name: access.name }, 'session')
    .addSecurityRequirements('session');
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
  const json = z.toJSONSchema(schema as z.ZodType, { io: schemaType, unrepresentable: 'any', override: correct });
  delete json.$schema;
  const { $defs: components = {}, ...rest } = json;
  return { schema: rest, components };
}) satisfies StandardSchemaConverter;

/** Leaves out what `format` and `integer` say already, and puts back the defaults that Zod leaves out of transformed input. */
function correct({ zodSchema: { _zod: zod }, jsonSchema }: Parameters<Override>[0]): void {
  if (zod.def.type === 'default') jsonSchema.default = zod.def.defaultValue;
  if (jsonSchema.format === 'date-time' || jsonSchema.format === 'email') delete jsonSchema.pattern;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
}

type Override = NonNullable<z.core.ToJSONSchemaParams['override']>;

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** What follows from what an operation is, rather than from what it does. */
function complete(document: OpenAPIObject): OpenAPIObject {
  const { components } = toOpenApi(problemSchema, { schemaType: 'output' });
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, ...(components as object) },
  };
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of methods) if (item[method] !== undefined) describeOperation(method, item[method]);
    if (`${path}/{id}` in document.paths) describeHeader(item.post, '201', 'Location', 'The path of what was created');
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
  operation.description ??= isPublic(operation) ? 'Open to everybody.' : 'Needs a session.';
  describeProblems(method, operation);
}

function isPublic({ security }: Operation): boolean {
  return security?.some((requirement) => Object.keys(requirement).length === 0) ?? false;
}

function describeProblems(method: string, operation: Operation): void {
  const takesInput = (operation.parameters ?? []).length > 0;
  const mayHaveBody = method !== 'get';
  const hasId = operation.parameters?.some((parameter) => 'in' in parameter && parameter.in === 'path') ?? false;
  const statuses = [
    (takesInput || mayHaveBody || !isPublic(operation)) && 400,
    !isPublic(operation) && 401,
    method !== 'get' && 403,
    hasId && 404,
    406,
    mayHaveBody && 413,
    mayHaveBody && 415,
    500,
    503,
  ];
  for (const status of statuses) if (status) operation.responses[String(status)] ??= problemResponse(status);
}
