const BODY_LIMIT_KEY = 'http:bodyLimit';

/** In bytes: enough for what most routes take, and cheap to parse. */
export const defaultBodyLimit = 16_384;

/** The largest body that a route takes, in bytes. @throws ProblemException 413 for a larger one */
export const BodyLimit =
  (bytes: number): MethodDecorator =>
  (_target, _key, descriptor) => {
    Reflect.defineMetadata(BODY_LIMIT_KEY, bytes, descriptor.value as object);
  };

/** @param handler what the router calls for a method: Nest copies the metadata of the method to it */
export function bodyLimitOf(handler: object | undefined): number {
  return handler === undefined
    ? defaultBodyLimit
    : ((Reflect.getMetadata(BODY_LIMIT_KEY, handler) as number | undefined) ?? defaultBodyLimit);
}
