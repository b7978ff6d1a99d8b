import { DocumentBuilder, SwaggerModule, type OpenAPIObject, type StandardSchemaConverter } from '@nestjs/swagger';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import type { Configuration } from './config/environment.js';
import { CrossOriginPolicy } from './cross-origin/cross-origin-policy.js';
import { problemSchema } from './http/problem.js';

/** `/openapi.json` (OpenAPI 3.1) and `/docs` (Swagger UI), from the schemas that validate. */
export function serveOpenApi(app: NestExpressApplication, config: Configuration): void {
  SwaggerModule.setup('docs', app, () => describe(app, config), {
    jsonDocumentUrl: 'openapi.json',
    raw: ['json'],
    swaggerOptions: { withCredentials: true },
  });
}

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
    .setContact('The maintainers', 'https://github.com', '')
    .addServer(config.get('API_URL', { infer: true }))
    .addCookieAuth(access.name, { type: 'apiKey', in: 'cookie', name: access.name }, 'session')
    .addSecurityRequirements('session')
    .build();
  const document = SwaggerModule.createDocument(app, information, {
    standardSchemaConverter: toOpenApi,
    operationIdFactory: (controller, method) => `${controller.replace('Controller', '').toLowerCase()}-${method}`,
  });
  return withProblems(document);
}

/** Zod's own JSON Schema (draft 2020-12, which OpenAPI 3.1 is); a schema with an id becomes a component. */
const toOpenApi: StandardSchemaConverter = (schema, { schemaType }) => {
  const { $defs, $schema, id, ...json } = z.toJSONSchema(schema as z.ZodType, {
    io: schemaType,
    unrepresentable: 'any',
  });
  void $schema;
  if (id === undefined) return { schema: json, components: $defs ?? {} };
  return { schema: { $ref: `#/components/schemas/${id}` }, components: { ...$defs, [id]: json } };
};

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;

const methods = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** The errors that follow from what an operation is, rather than from what it does. */
function withProblems(document: OpenAPIObject): OpenAPIObject {
  const { $schema, id, ...problem } = z.toJSONSchema(problemSchema);
  void [$schema, id];
  document.components = {
    ...document.components,
    schemas: { ...document.components?.schemas, Problem: problem as object },
  };
  for (const item of Object.values(document.paths)) {
    for (const method of methods) if (item[method] !== undefined) describeProblems(method, item[method]);
  }
  return document;
}

function describeProblems(method: string, operation: Operation): void {
  const isPublic = operation.security?.some((requirement) => Object.keys(requirement).length === 0) ?? false;
  const takesInput = operation.requestBody !== undefined || (operation.parameters ?? []).length > 0;
  const hasId = operation.parameters?.some((parameter) => 'in' in parameter && parameter.in === 'path') ?? false;
  const statuses = [
    takesInput && 400,
    !isPublic && 401,
    method !== 'get' && 403,
    hasId && 404,
    406,
    operation.requestBody !== undefined && 413,
    operation.requestBody !== undefined && 415,
    500,
    503,
  ];
  for (const status of statuses) if (status) operation.responses[String(status)] ??= problemResponse(status);
}

function problemResponse(status: number) {
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return { description: STATUS_CODES[status] ?? '', content };
}
