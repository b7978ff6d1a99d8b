import { Injectable, RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner } from '@nestjs/core';
import type { IncomingMessage } from 'node:http';
import { RouteTable, type Route } from '../http/route-table.js';
import { parseHeaderNames, type HeaderDirection } from '../origin-rules/header-names.js';
import { parseOrigin } from '../origin-rules/origin-syntax.js';
import { policyOf, type RoutePolicy } from './cross-origin.decorator.js';

type Controller = NonNullable<ReturnType<DiscoveryService['getControllers']>[number]['metatype']>;

/** The policies that `@CrossOrigin` gave to routes, found through the routes themselves, and checked at start. */
@Injectable()
export class RoutePolicies implements OnApplicationBootstrap {
  private readonly byRoute = new Map<Route, ReadonlyMap<string, RoutePolicy>>();
  private readonly byPath = new Map<string, RoutePolicy>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly routes: RouteTable,
  ) {}

  /** For a GET route that no controller serves. @param path as the router has it, for example `/openapi.json` */
  set(path: string, policy: RoutePolicy): void {
    this.byPath.set(path, policy);
  }

  /** @returns undefined for a path that no route has */
  routeOf(request: IncomingMessage): Route | undefined {
    return this.routes.find(request);
  }

  find(route: Route, method: string): RoutePolicy | undefined {
    const policies = this.byRoute.get(route) ?? this.read(route);
    return policies.get(method === 'HEAD' ? 'GET' : method);
  }

  /** @throws Error that names every controller method and route whose policy cannot work */
  onApplicationBootstrap(): void {
    const routes = this.routes.all();
    if (routes.length === 0) return; // no server
    const served = new Set(routes.flatMap(({ handlers }) => handlers.map(({ handler }) => policyOf(handler))));
    const mistakes = [
      ...this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? this.check(metatype, served) : [])),
      ...routes.flatMap(explainVersions),
    ];
    if (mistakes.length > 0) throw new Error(['A @CrossOrigin policy cannot work:', ...mistakes].join('\n  - '));
  }

  private read(route: Route): ReadonlyMap<string, RoutePolicy> {
    const policies = new Map<string, RoutePolicy>();
    const extra = this.byPath.get(route.path);
    if (extra !== undefined) policies.set('GET', extra);
    for (const { method, handler } of route.handlers) {
      const policy = policyOf(handler);
      if (policy !== undefined) policies.set(method, policy);
    }
    this.byRoute.set(route, policies);
    return policies;
  }

  /** @param served the policies that the router has */
  private check(controller: Controller, served: ReadonlySet<RoutePolicy | undefined>): string[] {
    const prototype = controller.prototype as Record<string, object | undefined>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      if (handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      const policy = policyOf(handler) ?? policyOf(controller);
      if (policy === undefined) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
      const mistakes = explainPolicy(policy, method);
      if (!served.has(policyOf(handler)) || policyOf(handler) === undefined) mistakes.push(notServed);
      return mistakes.map((mistake) => `${controller.name}.${name}: ${mistake}`);
    });
  }
}

/** For example the policy of a class whose routes are declared by the class that it extends. */
const notServed = 'no route has this policy; put @CrossOrigin on the method that declares the route';

/** Where a header chooses the version, several handlers share a method and a path. */
function explainVersions({ path, methods, handlers }: Route): string[] {
  const policies = (method: string) =>
    handlers.filter((each) => each.method === method).map(({ handler }) => JSON.stringify(policyOf(handler) ?? {}));
  return methods
    .filter((method) => new Set(policies(method)).size > 1)
    .map((method) => `${method} ${path}: its versions differ, and a preflight does not say which version it is for`);
}

function explainPolicy({ origins, maxAge = 0, ...headers }: RoutePolicy, method: string): string[] {
  const mistakes = [
    ...explainHeaders(headers.allowedHeaders ?? [], 'request'),
    ...explainHeaders(headers.exposedHeaders ?? [], 'response'),
  ];
  if (origins === 'any' && method !== 'GET')
    mistakes.push(`any origin may only read; ${method} changes something, so list the origins or leave them out`);
  if (Array.isArray(origins)) mistakes.push(...(origins as string[]).flatMap(explainEntry));
  if (origins?.length === 0) mistakes.push('an empty list of origins allows no page; leave the policy out or name one');
  if (!Number.isInteger(maxAge) || maxAge < 0 || maxAge > 86_400)
    mistakes.push(`a max-age of ${maxAge} is not a whole number of seconds from 0 to 86400 (the cap of Firefox)`);
  return mistakes;
}

function explainHeaders(names: readonly string[], direction: HeaderDirection): string[] {
  return parseHeaderNames(names, direction).mistakes.map(({ entry, cause }) => `the header "${entry}" ${cause}`);
}

function explainEntry(entry: string): string[] {
  const { rule, mistakes } = parseOrigin(entry, { production: false, previews: false });
  if (rule !== undefined && rule.kind !== 'exact') return [`"${entry}" is a pattern; a route lists single origins`];
  return mistakes.map(
    ({ cause, suggestion }) => `"${entry}" ${cause}${suggestion ? `; this would work: ${suggestion}` : ''}`,
  );
}
