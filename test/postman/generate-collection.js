// npm run postman:collection: writes the collection of what /openapi.json describes.
import { writeFile } from 'node:fs/promises';
import { readOpenApiDocument } from '../support/openapi-document.js';
import { collectionFile, collectionOf } from './collection.js';

await writeFile(collectionFile, await collectionOf(await readOpenApiDocument()));
