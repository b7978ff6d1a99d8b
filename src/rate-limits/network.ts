import { isIPv6 } from 'node:net';

/** The network that a limit counts: an IPv4 address, or the /64 that an IPv6 customer has. */
export function networkOf(ip: string): string {
  const address = ip.replace(/^::ffff:(?=[\d.]+$)/i, '').split('%', 1)[0] ?? '';
  if (!isIPv6(address)) return address;
  // A URL has one spelling of it: lower case, hexadecimal throughout, at most one `::`.
  const [head, tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const [groups, rest] = [groupsOf(head), groupsOf(tail)];
  const zeros = tail === undefined ? [] : Array<string>(8 - groups.length - rest.length).fill('0');
  return `${[...groups, ...zeros, ...rest].slice(0, 4).join(':')}::/64`;
}

function groupsOf(part = ''): string[] {
  return part.split(':').filter(Boolean);
}
