import { type Mistake, type OriginOptions, type OriginRule, parseOrigin } from './origin-syntax.js';
import { registrableDomain } from 'browser-verdict';

type Preview = Extract<OriginRule, { kind: 'preview' }>;

// `https://`, a host of 253 characters, `:65535`.
const MAX_ORIGIN_LENGTH = 267;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HTTPS_NAME = new RegExp(`^https://((?:${LABEL}\\.)+${LABEL})((?::[1-9][0-9]{0,4})?)$`);

/** Which origins may call this API. Immutable; every entry in it was accepted by `parseOrigin`. */
export class OriginList {
  static readonly empty = new OriginList([]);

  readonly entries: readonly string[];
  private readonly exact = new Set<string>();
  private readonly subdomains = new Set<string>();
  private readonly previews = new Map<string, Preview[]>();

  private constructor(private readonly rules: readonly OriginRule[]) {
    rules.forEach((rule) => this.add(rule));
    this.entries = [...new Set(rules.map(({ entry }) => entry))];
  }

  /**
   * Parses entries separated by commas, with or without spaces, or one entry for each element. Duplicates are merged.
   * `origins` has the valid entries; unless `mistakes` is empty, that is not what the operator meant.
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
      mistakes: typeof value === 'string' ? mistakes.map((mistake) => suggestList(mistake, value, options)) : mistakes,
    };
  }

  /** For example the configured and the stored origins. */
  static union(...lists: readonly OriginList[]): OriginList {
    return new OriginList(lists.flatMap(({ rules }) => rules));
  }

  get isEmpty(): boolean {
    return this.rules.length === 0;
  }

  /** Whether this is exactly a listed origin, or matches a pattern. Takes any string. */
  allows(origin: string): boolean {
    return origin.length <= MAX_ORIGIN_LENGTH && (this.exact.has(origin) || this.matchesPattern(origin));
  }

  private matchesPattern(origin: string): boolean {
    if (this.subdomains.size + this.previews.size === 0) return false;
    const [, host, port] = HTTPS_NAME.exec(origin) ?? [];
    if (host === undefined || port === undefined || host.length > 253) return false;
    return this.isSubdomain(host, port) || this.isPreview(host, port);
  }

  /** Looks up every suffix of the host, so that a thousand patterns cost as much as one. */
  private isSubdomain(host: string, port: string): boolean {
    for (let dot = host.indexOf('.'); dot !== -1; dot = host.indexOf('.', dot + 1)) {
      const suffix = host.slice(dot + 1);
      // A public suffix may be in between: `*.amazonaws.com` must not allow `x.s3.amazonaws.com`, which anyone can have.
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

/** The suggestion for two mistakes is another list instead of another entry. */
function suggestList(mistake: Mistake, value: string, options: OriginOptions): Mistake {
  if (mistake.code === 'several-origins') {
    return { ...mistake, suggestion: join(mistake.entry.split(/[\s;|]+/), options) };
  }
  if (mistake.code !== 'empty-entry') return mistake;
  const cause = value.trim() === '' ? mistake.cause : 'has an empty entry';
  return { ...mistake, entry: value, cause, suggestion: join(value.split(','), options) };
}

function join(pieces: string[], options: OriginOptions): string | undefined {
  const verdicts = pieces.filter((piece) => piece.trim() !== '').map((piece) => parseOrigin(piece.trim(), options));
  const suggestions = verdicts.map(({ rule, mistakes }) => (rule ? rule.entry : mistakes[0]?.suggestion));
  return suggestions.length === 0 || suggestions.includes(undefined) ? undefined : suggestions.join(',');
}
