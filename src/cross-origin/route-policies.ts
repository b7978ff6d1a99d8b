import { Injectable, RequestMethod, type OnModuleInit } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants.js';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { routePolicy, type RoutePolicy } from './cross-origin.decorator.js';
import { parseOrigin } from './origin-syntax.js';

/** The policies that `@CrossOrigin` gave to routes, checked once at start. */
@Injectable()
export class RoutePolicies implements OnModuleInit {
  private readonly policies = new Map<string, RoutePolicy>();

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly scanner: MetadataScanner,
    private readonly reflector: Reflector,
  ) {}

  /** For a route that no controller serves. @param path as the router has it, for example `/posts/:id` */
  set(method: string, path: string, policy: RoutePolicy): void {
    this.policies.set(`${method} ${path}`, policy);
  }

  /** @param path as the router has it */
  find(method: string, path: string): RoutePolicy | undefined {
    return this.policies.get(`${method === 'HEAD' ? 'GET' : method} ${path}`);
  }

  /** @throws Error that names every controller and method whose policy cannot work */
  onModuleInit(): void {
    const mistakes = this.discovery.getControllers().flatMap(({ metatype }) => (metatype ? this.read(metatype) : []));
    if (mistakes.length > 0) throw new Error(['A policy of a route cannot work:', ...mistakes].join('\n  - '));
  }

  private read(controller: NonNullable<ReturnType<DiscoveryService['getControllers']>[number]['metatype']>): string[] {
    const prototype = controller.prototype as Record<string, () => unknown>;
    return this.scanner.getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name];
      const policy = handler && this.reflector.getAllAndOverride<RoutePolicy>(routePolicy, [handler, controller]);
      if (policy === undefined || handler === undefined || !Reflect.hasMetadata(METHOD_METADATA, handler)) return [];
      const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
      pathsOf(controller, handler).forEach((path) => this.set(method, path, policy));
      return mistakesOf(policy, method).map((mistake) => `${controller.name}.${name}: ${mistake}`);
    });
  }
}

function pathsOf(controller: object, handler: object): string[] {
  const [outer, inner] = [controller, handler].map((target) =>
    [Reflect.getMetadata(PATH_METADATA, target) as string].flat(),
  );
  return (outer ?? []).flatMap((base) => (inner ?? []).map((path) => join(base, path)));
}

function join(...parts: string[]): string {
  return `/${parts
    .map((part) => part.replace(/^\/+|\/+$/g, ''))
    .filter(Boolean)
    .join('/')}`;
}

function mistakesOf({ origins, maxAge = 0 }: RoutePolicy, method: string): string[] {
  const mistakes: string[] = [];
  if (origins === 'any' && method !== 'GET')
    mistakes.push(`any origin may only read; ${method} changes something, so list the origins or leave them out`);
  if (Array.isArray(origins)) mistakes.push(...(origins as string[]).flatMap(explain));
  if (origins?.length === 0) mistakes.push('an empty list of origins allows nobody; leave the policy out or name one');
  if (!Number.isInteger(maxAge) || maxAge < 0 || maxAge > 86_400)
    mistakes.push(`a max-age of ${String(maxAge)} is not a whole number of seconds from 0 to 86400 (Firefox's cap)`);
  return mistakes;
}

function explain(entry: string): string[] {
  const { rule, mistakes } = parseOrigin(entry, { production: false, previews: false });
  if (rule !== undefined && rule.kind !== 'exact') return [`"${entry}" is a pattern; a route lists single origins`];
  return mistakes.map(
    ({ cause, suggestion }) => `"${entry}" ${cause}${suggestion ? `; this would work: ${suggestion}` : ''}`,
  );
}
