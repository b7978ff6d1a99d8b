import { connections } from './connections.js';
import { cookies } from './cookies.js';
import { corsMistakes } from './cors-mistakes.js';
import type { Deployment } from './deployment.js';
import { proxies } from './proxies.js';
import { strangers } from './strangers.js';

export const deployments: readonly Deployment[] = [
  ...corsMistakes,
  ...strangers,
  ...cookies,
  ...proxies,
  ...connections,
];
