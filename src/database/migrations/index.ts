import { CreateSchema1795200000000 } from './1795200000000-create-schema.js';
import { CreateOrigins1795210000000 } from './1795210000000-create-origins.js';
import { AddAccounts1795220000000 } from './1795220000000-add-accounts.js';

/** In the order in which they are applied. Listed, never globbed: a glob finds nothing under ESM. */
export const migrations = [CreateSchema1795200000000, CreateOrigins1795210000000, AddAccounts1795220000000];
