/* global URL */
// npm run frontend:types: writes the types of what /openapi.json describes.
import { writeFile } from 'node:fs/promises';
import { readOpenApiDocument } from '../test/support/openapi-document.js';
import { apiTypesOf } from './api-types.js';

const types = await apiTypesOf(await readOpenApiDocument());
await writeFile(new URL('src/api/schema.d.ts', import.meta.url), types);
