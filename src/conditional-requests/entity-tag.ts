import { createHash } from 'node:crypto';

/** A resource at one version. `related`: rows of others that its representation shows. */
export interface VersionedResource {
  /** Of its list, as in `/posts`. */
  name: string;
  id: number;
  version: number;
  related: unknown;
}

/** A representation, and the entity tag that it has. */
export interface Tagged<Item> {
  item: Item;
  entityTag: string;
}

/**
 * A strong entity tag (RFC 9110, section 8.8.3), as in `"posts-5-2-p4Yl3WkqJ0g"`: the resource, its version, and a hash of the
 * rows of others. No two resources and no two representations of one have the same.
 */
export function entityTagOf({ name, id, version, related }: VersionedResource): string {
  const hash = createHash('sha256').update(JSON.stringify(related)).digest().subarray(0, 8);
  return `"${name}-${id}-${version}-${hash.toString('base64url')}"`;
}

/** `If-None-Match`, by weak comparison. RFC 9110, section 13.1.2. */
export function isListed(entityTag: string, ifNoneMatch: string): boolean {
  return ifNoneMatch.trim() === '*' || tagsIn(ifNoneMatch).some((tag) => tag.replace(/^W\//, '') === entityTag);
}

/**
 * `If-Match`, by strong comparison: a weak tag never matches. RFC 9110, section 13.1.1. The rows of others do not count: who
 * changes a post is not hindered by somebody who renames its category.
 */
export function isVersionListed({ name, id, version }: Omit<VersionedResource, 'related'>, ifMatch: string): boolean {
  return ifMatch.trim() === '*' || tagsIn(ifMatch).some((tag) => tag.startsWith(`"${name}-${id}-${version}-`));
}

/** RFC 9110, section 8.8.3. What is no entity tag matches nothing. */
function tagsIn(header: string): string[] {
  return header.match(/(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"/g) ?? [];
}
