import { type Mistake, type OriginOptions, type OriginRule, parseOrigin } from './origin-syntax.js';
import { registrableDomain } from './site.js';

type Preview = Extract<OriginRule, { kind: 'preview' }>;

// `https://`, a host of 253 characters, `:65535`.
const LONGEST_ORIGIN = 267;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HTTPS_NAME = new RegExp(`^https://((?:${LABEL}\\.)+${LABEL})((?::[1-9][0-9]{0,4})?)$`);

/** Which origins may call this API. Immutable; every entry in it was accepted by `parseOrigin`. */
export class OriginList {
  readonly entries: readonly string[];
  private readonly exact = new Set<string>();
  private readonly subdomains = new Set<string>();
  private readonly previews = new Map<string, Preview[]>();

  private constructor(private readonly rules: readonly OriginRule[]) {
    rules.forEach((rule) => this.add(rule));
    this.entries = [...new Set(rules.map(({ entry }) => entry))];
  }

  /**
   * Reads entries separated by commas (spaces around them are no mistake), or one entry per element. Duplicates are
   * merged. `origins` holds what was accepted; unless `mistakes` is empty it is not what the operator meant.
   */
  static parse(
    value: string | readonly string[],
    options: OriginOptions,
  ): { origins: OriginList; mistakes: Mistake[] } {
    const entries = typeof value === 'string' ? value.split(',').map((entry) => entry.trim()) : value;
    const verdicts = [...new Set(entries)].map((entry) => parseOrigin(entry, options));
    const mistakes = verdicts.flatMap((verdict): Mistake[] => verdict.mistakes);
    return {
      origins: new OriginList(verdicts.flatMap(({ rule }) => rule ?? [])),
      mistakes: typeof value === 'string' ? mistakes.map((mistake) => mendList(mistake, value, options)) : mistakes,
    };
  }

  /** For example what is configured and what the database holds. */
  static union(...lists: readonly OriginList[]): OriginList {
    return new OriginList(lists.flatMap(({ rules }) => rules));
  }

  get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  /** Whether this is byte for byte a listed origin, or one that a pattern stands for. Any string may be asked. */
  allows(origin: string): boolean {
    return origin.length <= LONGEST_ORIGIN && (this.exact.has(origin) || this.matchesPattern(origin));
  }

  private matchesPattern(origin: string): boolean {
    if (this.subdomains.size + this.previews.size === 0) return false;
    const [, host, port] = HTTPS_NAME.exec(origin) ?? [];
    if (host === undefined || port === undefined || host.length > 253) return false;
    return this.isSubdomain(host, port) || this.isPreview(host, port);
  }

  /** Looks every suffix of the host up, so that a thousand patterns cost the same as one. */
  private isSubdomain(host: string, port: string): boolean {
    for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
      const suffix = host.slice(dot + 1);
      // A public suffix may lie between the two: `*.amazonaws.com` must not trust everybody's `x.s3.amazonaws.com`.
      if (this.subdomains.has(suffix + port) && registrableDomain(host) === registrableDomain(suffix)) return true;
    }
    return false;
  }

  private isPreview(host: string, port: string): boolean {
    const dot = host.indexOf('.');
    const label = host.slice(0, dot);
    const candidates = this.previews.get(host.slice(dot + 1) + port) ?? [];
    return candidates.some(
      ({ prefix, ending }) =>
        label.length > prefix.length + ending.length && label.startsWith(prefix) && label.endsWith(ending),
    );
  }

  private add(rule: OriginRule): void {
    if (rule.kind === 'exact') this.exact.add(rule.entry);
    else if (rule.kind === 'subdomains') this.subdomains.add(rule.suffix + rule.port);
    else this.addPreview(rule.suffix + rule.port, rule);
  }

  private addPreview(place: string, rule: Preview): void {
    const others = this.previews.get(place);
    if (others) others.push(rule);
    else this.previews.set(place, [rule]);
  }
}

/** Two mistakes are mended by another list rather than by another entry. */
function mendList(mistake: Mistake, value: string, options: OriginOptions): Mistake {
  if (mistake.code === 'several-origins') {
    return { ...mistake, suggestion: join(mistake.entry.split(/[\s;|]+/), options) };
  }
  if (mistake.code !== 'empty-entry') return mistake;
  const cause = value.trim() === '' ? mistake.cause : 'has an empty entry';
  return { ...mistake, entry: value, cause, suggestion: join(value.split(','), options) };
}

function join(pieces: string[], options: OriginOptions): string | undefined {
  const verdicts = pieces.filter((piece) => piece.trim() !== '').map((piece) => parseOrigin(piece.trim(), options));
  const mended = verdicts.map(({ rule, mistakes }) => (rule ? rule.entry : mistakes[0]?.suggestion));
  return mended.length === 0 || mended.includes(undefined) ? undefined : mended.join(',');
}
