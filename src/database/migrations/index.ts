import { CreateSchema1795200000000 } from './1795200000000-create-schema.js';
import { CreateOrigins1795210000000 } from './1795210000000-create-origins.js';
import { AddAccounts1795220000000 } from './1795220000000-add-accounts.js';
import { LimitPagesAndLinks1795230000000 } from './1795230000000-limit-pages-and-links.js';
import { CreatePersonalAccessTokens1795240000000 } from './1795240000000-create-personal-access-tokens.js';
import { AddVersionsAndIdempotencyKeys1795250000000 } from './1795250000000-add-versions-and-idempotency-keys.js';
import { AddSearchVectors1795260000000 } from './1795260000000-add-search-vectors.js';
import { IndexSearchVectors1795260000001 } from './1795260000001-index-search-vectors.js';

/** In the order in which they are applied. Listed, never globbed: a glob finds nothing under ESM. */
export const migrations = [
  CreateSchema1795200000000,
  CreateOrigins1795210000000,
  AddAccounts1795220000000,
  LimitPagesAndLinks1795230000000,
  CreatePersonalAccessTokens1795240000000,
  AddVersionsAndIdempotencyKeys1795250000000,
  AddSearchVectors1795260000000,
  IndexSearchVectors1795260000001,
];
