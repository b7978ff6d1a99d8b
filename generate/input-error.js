/** A mistake of whoever calls the generator. The message says what to change. */
export class InputError extends Error {}
