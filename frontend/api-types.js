import openapiTypescript, { astToString } from 'openapi-typescript';

const header = '// Generated from /openapi.json by `npm run frontend:types`. Do not edit.\n\n';

/**
 * The content of `src/api/schema.d.ts`. It does not depend on the URL of the API (`servers`).
 * @param {object} document the OpenAPI document from `/openapi.json`
 */
export async function apiTypesOf(document) {
  return header + astToString(await openapiTypescript(document, { defaultNonNullable: false }));
}
