import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { networkOf } from './network.js';

describe('the network of an address', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['::FFFF:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::6', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['2001:db8::1:2:3:4:5', '2001:db8:0:1::/64'],
    ['::2:3:4:5:6:192.0.2.7', '0:2:3:4::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['::', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
    ['', ''],
  ])('of %s is %s', (address, expected) => {
    expect(networkOf(address)).toBe(expected);
  });

  const hex = fc.integer({ min: 0, max: 0xffff }).map((group) => group.toString(16));
  const groups = (count: number) => fc.array(hex, { minLength: count, maxLength: count });

  it('is the same for all of a /64, however they are written, and another for the next /64', () => {
    fc.assert(
      fc.property(groups(4), groups(4), groups(4), (prefix, one, other) => {
        const written = [...prefix, ...other].map((group) => group.padStart(4, '0').toUpperCase()).join(':');
        const short = new URL(`http://[${[...prefix, ...one].join(':')}]`).hostname.slice(1, -1);
        const next = [...prefix.slice(0, 3), (parseInt(prefix[3] ?? '', 16) ^ 1).toString(16), ...one].join(':');
        // ::ffff:0:0/96 holds the IPv4 addresses, which are networks by themselves.
        expect(networkOf(short)).toBe(`${prefix.join(':')}::/64`);
        expect(networkOf(written)).toBe(networkOf(short));
        expect(networkOf(next)).not.toBe(networkOf(short));
      }),
    );
  });

  it('of any address is one that does not change when it is asked again, and never an error', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.ipV4(), fc.string()), (address) => typeof networkOf(address) === 'string'),
    );
    fc.assert(fc.property(fc.ipV6(), (address) => /^([\da-f]{1,4}:){4}:\/64$|^[\d.]+$/.test(networkOf(address))));
  });
});
