import { exchange, type ExchangeOptions } from '../page/exchange.js';
import type { Address } from '../page/server-target.js';
import type { WireAnswer, WireRequest } from '../verdict/wire.js';

export interface AskerOptions {
  /** For everything together. */
  deadlineMs: number;
  /** For one answer. */
  timeoutMs: number;
  /** Other addresses for a `host:port`, as curl's --resolve. */
  resolve?: Readonly<Record<string, Address>>;
  ca?: string | undefined;
}

const AT_ONCE = 6;

/** Sends requests, each different one once: three browsers that send the same get the same answer. */
export class Asker {
  /** Everything that was sent, in order. */
  readonly log: { request: WireRequest; answer: WireAnswer }[] = [];
  private readonly answers = new Map<string, Promise<WireAnswer>>();
  private readonly deadline: AbortSignal;
  private running = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(
    private readonly options: AskerOptions,
    private readonly onAsk: (request: WireRequest) => void = () => undefined,
  ) {
    this.deadline = AbortSignal.timeout(options.deadlineMs);
  }

  /** The answer to this very request; asked again only when `salt` differs. */
  ask(request: WireRequest, body?: Uint8Array, salt = ''): Promise<WireAnswer> {
    const key = JSON.stringify([request.method, request.url, request.headers, request.hasBody, salt]);
    const known = this.answers.get(key);
    if (known) return known;
    const answer = this.send(request, body);
    this.answers.set(key, answer);
    return answer;
  }

  private async send(request: WireRequest, body: Uint8Array | undefined): Promise<WireAnswer> {
    await this.turn();
    try {
      this.onAsk(request);
      const answer = await exchange(request, { ...this.connection(request.url), body });
      const shown = 'failure' in answer ? answer : { status: answer.status, headers: answer.headers };
      this.log.push({ request, answer: shown });
      return shown;
    } finally {
      this.running -= 1;
      this.waiting.shift()?.();
    }
  }

  private connection(url: string): Omit<ExchangeOptions, 'body'> {
    const { timeoutMs, ca, resolve = {} } = this.options;
    const { hostname, port, protocol } = new URL(url);
    const connectTo = resolve[`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`];
    return { timeoutMs, ca, connectTo, signal: this.deadline, maxBodyBytes: 64 * 1024 };
  }

  private async turn(): Promise<void> {
    while (this.running >= AT_ONCE) await new Promise<void>((resolve) => this.waiting.push(resolve));
    this.running += 1;
  }

  /** The body too, for the OpenAPI document. */
  async download(url: string): Promise<string | undefined> {
    const request = {
      kind: 'request',
      method: 'GET',
      url,
      headers: [['Accept', 'application/json']],
      hasBody: false,
    } as const;
    const answer = await exchange(request, { ...this.connection(url), maxBodyBytes: 5 * 1024 * 1024 });
    return 'failure' in answer || answer.status !== 200 ? undefined : answer.body.toString('utf8');
  }
}
