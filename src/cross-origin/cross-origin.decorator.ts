/** A policy of a route's own, in place of "the configured origins, with credentials". */
export interface RoutePolicy {
  /** `any`: readable by every origin, without credentials. A list narrows the configured origins to those. */
  origins?: 'any' | readonly string[];
  /** Further headers that a page may send to this route. */
  allowedHeaders?: readonly string[];
  /** Further headers of the response that a page may read. */
  exposedHeaders?: readonly string[];
  /** For how long a browser may cache a preflight, in seconds: 0 to 86400. */
  maxAge?: number;
}

const ROUTE_POLICY_KEY = 'cross-origin:policy';

/**
 * Gives a route, or every route that a controller class declares, a policy of its own. On a method it replaces that of the
 * class. What cannot work is refused at start.
 */
export const CrossOrigin =
  (policy: RoutePolicy): ClassDecorator & MethodDecorator =>
  (target: object, _key?: string | symbol, descriptor?: PropertyDescriptor) => {
    if (descriptor !== undefined) setPolicy(descriptor.value as object, policy);
    else setClassPolicy(target as new () => object, policy);
  };

/**
 * @param target a controller class, a method, or what the router calls for it: Nest copies the metadata of the method
 */
export function policyOf(target: object): RoutePolicy | undefined {
  return Reflect.getMetadata(ROUTE_POLICY_KEY, target) as RoutePolicy | undefined;
}

/** Methods were decorated before their class. */
function setClassPolicy(controller: new () => object, policy: RoutePolicy): void {
  setPolicy(controller, policy);
  for (const { value } of Object.values(Object.getOwnPropertyDescriptors(controller.prototype as object)))
    if (typeof value === 'function' && policyOf(value as object) === undefined) setPolicy(value as object, policy);
}

function setPolicy(target: object, policy: RoutePolicy): void {
  Reflect.defineMetadata(ROUTE_POLICY_KEY, policy, target);
}
