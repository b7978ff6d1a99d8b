import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express } from 'express';
import type { IncomingMessage } from 'node:http';
import parseurl from 'parseurl';

/** One path of the router and the methods it has, in upper case; HEAD comes with GET. */
export interface Route {
  readonly path: string;
  readonly methods: readonly string[];
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  match(path: string): boolean;
}

interface Entry {
  readonly layer: Layer;
  readonly route: Route;
}

/** What the router serves, read from the router itself: no second list that could differ. */
@Injectable()
export class RouteTable {
  private entries?: readonly Entry[];
  /** The routes without parameters, by their path: what most requests and every preflight of a list ask for. */
  private readonly literal = new Map<string, Route>();
  private latest?: { request: IncomingMessage; route: Route | undefined };

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** @returns undefined for a path that no route has. Asked several times in a row, looked up once. */
  find(request: IncomingMessage): Route | undefined {
    if (this.latest?.request !== request) this.latest = { request, route: this.match(request) };
    return this.latest.route;
  }

  all(): Route[] {
    return this.read().map(({ route }) => route);
  }

  private match(request: IncomingMessage): Route | undefined {
    try {
      const [entries, path] = [this.read(), pathOf(request)];
      return this.literal.get(path) ?? first(entries, path);
    } catch {
      return undefined; // No URL, or percent-encoding that cannot be decoded: the router will answer it.
    }
  }

  private read(): readonly Entry[] {
    if (this.entries !== undefined) return this.entries;
    this.entries = this.group();
    for (const { route } of this.entries)
      if (!/[:*{]/.test(route.path)) this.literal.set(route.path, first(this.entries, route.path) ?? route);
    return this.entries;
  }

  /** Routes are complete once the application is initialised, which is before the first request. */
  private group(): Entry[] {
    const { stack } = this.adapterHost.httpAdapter.getInstance<Express>().router as unknown as { stack: Layer[] };
    const byPath = new Map<string, [Layer, ...Layer[]]>();
    for (const layer of stack) {
      if (layer.route === undefined) continue;
      const same = byPath.get(layer.route.path);
      if (same === undefined) byPath.set(layer.route.path, [layer]);
      else same.push(layer);
    }
    return [...byPath].map(([path, layers]) => ({ layer: layers[0], route: { path, methods: methodsOf(layers) } }));
  }
}

/**
 * As Express has it in `request.path`, which is not there yet when CORS asks.
 *
 * @throws TypeError for a request target that is no URL, such as `http://[`
 */
function pathOf(request: IncomingMessage): string {
  return parseurl(request)?.pathname ?? '/';
}

/** The one that the router takes. */
function first(entries: readonly Entry[], path: string): Route | undefined {
  return entries.find(({ layer }) => layer.match(path))?.route;
}

function methodsOf(layers: Layer[]): string[] {
  const methods = layers
    .flatMap(({ route }) => Object.keys(route?.methods ?? {}))
    .map((method) => method.toUpperCase());
  return methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')] : methods;
}
