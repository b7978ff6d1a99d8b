import openapiTypescript, { astToString } from 'openapi-typescript';

const header = '// Generated from /openapi.json by `npm run frontend:types`. Do not edit.\n\n';

/**
 * The file `src/api/schema.d.ts`. Where the API runs (`servers`) leaves no trace in it.
 * @param {object} document what `/openapi.json` answers
 */
export async function apiTypesOf(document) {
  return header + astToString(await openapiTypescript(document, { defaultNonNullable: false }));
}
