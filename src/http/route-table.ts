import { Injectable } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Express, Request } from 'express';

/** One path of the router and the methods it has, in upper case; HEAD comes with GET. */
export interface Route {
  readonly path: string;
  readonly methods: readonly string[];
}

interface Layer {
  route?: { path: string; methods: Record<string, boolean> };
  match(path: string): boolean;
}

/** What the router serves, read from the router itself: no second list that could differ. */
@Injectable()
export class RouteTable {
  private readonly found = new WeakMap<Request, Route | undefined>();
  private layers?: { layer: Layer; route: Route }[];

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  /** @returns undefined for a path that no route has. Asked several times a request, looked up once. */
  find(request: Request): Route | undefined {
    if (!this.found.has(request)) this.found.set(request, this.match(request.path));
    return this.found.get(request);
  }

  all(): Route[] {
    return this.read().map(({ route }) => route);
  }

  private match(path: string): Route | undefined {
    try {
      return this.read().find(({ layer }) => layer.match(path))?.route;
    } catch {
      return undefined; // Percent-encoding that cannot be decoded: the router will answer it.
    }
  }

  private read() {
    this.layers ??= this.group();
    return this.layers;
  }

  /** Routes are complete once the application is initialised, which is before the first request. */
  private group() {
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

function methodsOf(layers: Layer[]): string[] {
  const methods = layers
    .flatMap(({ route }) => Object.keys(route?.methods ?? {}))
    .map((method) => method.toUpperCase());
  return methods.includes('GET') ? ['GET', 'HEAD', ...methods.filter((method) => method !== 'GET')] : methods;
}
