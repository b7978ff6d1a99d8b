import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import type { IncomingMessage } from 'node:http';
import parseurl from 'parseurl';

/** What the router serves at a path. */
export interface Route {
  /** As the router has it, for example `/posts/:id`. */
  readonly path: string;
  /** In upper case; HEAD comes with GET. */
  readonly methods: readonly string[];
  /** What the router calls for each method: more than one where a header chooses the version. */
  readonly handlers: readonly { readonly method: string; readonly handler: object }[];
}

interface Layer {
  route?: { path: string; stack: { method?: string; handle: object }[] };
  match(path: string): boolean;
}

interface Entry {
  readonly layer: Layer;
  readonly route: Route;
}

/** The routes, read from the router itself, so that no second list can differ. */
@Injectable()
export class RouteTable {
  private entries?: readonly Entry[];
  /** By their path, the routes without parameters: most requests, and the preflights of lists, ask for these. */
  private readonly literal = new Map<string, Route>();
  /** Routes whose paths overlap, by these paths. */
  private readonly merged = new Map<string, Route>();
  private latest?: { request: IncomingMessage; route: Route | undefined };

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** @returns undefined for a path that no route has. Several look-ups for one request in a row cost as much as one. */
  find(request: IncomingMessage): Route | undefined {
    if (this.latest?.request !== request) this.latest = { request, route: this.lookUp(request) };
    return this.latest.route;
  }

  all(): Route[] {
    return this.read().map(({ route }) => route);
  }

  private lookUp(request: IncomingMessage): Route | undefined {
    try {
      const path = pathOf(request);
      const entries = this.read();
      return this.literal.get(path) ?? this.match(entries, path);
    } catch {
      return undefined; // not a URL, or percent-encoding that cannot be decoded: the router will answer it
    }
  }

  /** Routes are complete once the application is initialised, which is before the first request. */
  private read(): readonly Entry[] {
    if (this.entries !== undefined) return this.entries;
    // The commands (seed, promote) run without a server.
    const adapter = this.adapterHost.httpAdapter as HttpAdapterHost['httpAdapter'] | undefined;
    this.entries = adapter ? groupByPath(adapter.getInstance<Express>()) : [];
    for (const { route } of this.entries)
      if (!/[:*{]/.test(route.path)) this.literal.set(route.path, this.match(this.entries, route.path) ?? route);
    return this.entries;
  }

  private match(entries: readonly Entry[], path: string): Route | undefined {
    const [first, ...others] = entries.filter(({ layer }) => layer.match(path)).map(({ route }) => route);
    return first === undefined || others.length === 0 ? first : this.merge([first, ...others]);
  }

  /** For a method that several of them have, the router takes the first. */
  private merge(routes: readonly Route[]): Route {
    const path = routes.map((route) => route.path).join(' ');
    const known = this.merged.get(path);
    if (known !== undefined) return known;
    const handlers = routes.flatMap((route, index) => {
      const taken = new Set(routes.slice(0, index).flatMap(({ methods }) => methods));
      return route.handlers.filter(({ method }) => !taken.has(method));
    });
    const route = { path, methods: methodsOf(handlers), handlers };
    this.merged.set(path, route);
    return route;
  }
}

function groupByPath(express: Express): Entry[] {
  const { stack } = express.router as unknown as { stack: Layer[] };
  const byPath = new Map<string, [Layer, ...Layer[]]>();
  for (const layer of stack) {
    if (layer.route === undefined) continue;
    const same = byPath.get(layer.route.path);
    if (same === undefined) byPath.set(layer.route.path, [layer]);
    else same.push(layer);
  }
  return [...byPath].map(([path, layers]) => {
    const handlers = layers.flatMap(handlersOf);
    return { layer: layers[0], route: { path, methods: methodsOf(handlers), handlers } };
  });
}

function handlersOf({ route }: Layer): Route['handlers'] {
  return (route?.stack ?? []).flatMap(({ method, handle }) =>
    method === undefined ? [] : [{ method: method.toUpperCase(), handler: handle }],
  );
}

function methodsOf(handlers: Route['handlers']): string[] {
  const methods = [...new Set(handlers.map(({ method }) => method))];
  return methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')] : methods;
}

/**
 * As Express has it in `request.path`, which is not there yet when CORS asks.
 *
 * @throws TypeError for a request target that is not a URL, such as `http://[`
 */
function pathOf(request: IncomingMessage): string {
  return parseurl(request)?.pathname ?? '/';
}
