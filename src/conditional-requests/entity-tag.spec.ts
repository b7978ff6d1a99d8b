import { describe, expect, it } from '@jest/globals';
import { entityTagOf, isListed, isVersionListed } from './entity-tag.js';

const post = { name: 'posts', id: 5, version: 2, related: { author: { id: 1, name: 'Ada' } } };
const tag = entityTagOf(post);

describe('an entity tag', () => {
  it('is strong, and names the resource and its version', () => {
    expect(tag).toMatch(/^"posts-5-2-[\w-]{11}"$/);
  });

  it.each([
    ['another version', { version: 3 }],
    ['another resource', { id: 6 }],
    ['another kind of resource', { name: 'products' }],
    ['another name of its author', { related: { author: { id: 1, name: 'Grace' } } }],
  ])('differs for %s', (_, change) => expect(entityTagOf({ ...post, ...change })).not.toBe(tag));
});

describe('If-None-Match', () => {
  it.each([tag, `W/${tag}`, `"other", ${tag}`, `"other",${tag}`, '*', ' * '])('has %s', (header) =>
    expect(isListed(tag, header)).toBe(true),
  );
  it.each(['', '"other"', tag.slice(1, -1), `${tag.slice(0, -1)}x"`, 'x'.repeat(10_000), '"'.repeat(10_000)])(
    'has it not in %s',
    (header) => expect(isListed(tag, header)).toBe(false),
  );
});

describe('If-Match', () => {
  const former = entityTagOf({ ...post, related: { author: { id: 1, name: 'A.' } } });
  it.each([tag, former, `"other", ${tag}`, '*'])('has the version in %s', (header) =>
    expect(isVersionListed(post, header)).toBe(true),
  );
  it.each([
    '',
    `W/${tag}`,
    '"posts-5-20-x"',
    '"posts-15-2-x"',
    '"products-5-2-x"',
    tag.slice(1, -1),
    'x'.repeat(10_000),
  ])('has it not in %s', (header) => expect(isVersionListed(post, header)).toBe(false));
});
