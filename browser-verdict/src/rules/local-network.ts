import { isLoopback } from './urls.js';

/** Local Network Access, "IP address space"; `unknown` for a name: only its address tells. */
export type AddressSpace = 'loopback' | 'local' | 'public' | 'unknown';

const LOCAL_V4 =
  /^(?:10\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.)/;

export function addressSpaceOf(host: string): AddressSpace {
  if (isLoopback(host)) return 'loopback';
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return LOCAL_V4.test(host) ? 'local' : 'public';
  if (host.startsWith('[')) return /^\[f[cd]|^\[fe[89ab]/i.test(host) ? 'local' : 'public';
  return host.endsWith('.local') ? 'local' : 'unknown';
}

const RANK: Record<AddressSpace, number> = { unknown: 0, public: 0, local: 1, loopback: 2 };

/**
 * Does the user have to permit this request? Local Network Access, "is a local network request": a request to an address more private than
 * that of the page. Nothing is said about a host whose address nobody knows.
 */
export const needsLocalNetworkPermission = (page: AddressSpace, target: AddressSpace) =>
  page !== 'unknown' && RANK[target] > RANK[page];
