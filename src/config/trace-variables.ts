import Joi from 'joi';
import { serverUrl } from './variable-types.js';

const protocols = ['http/protobuf', 'http/json'] as const;

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;

/** Names and meanings: https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables */
export interface TraceVariables {
  /** Undefined: no traces. */
  OTEL_EXPORTER_OTLP_ENDPOINT?: string;
  OTEL_EXPORTER_OTLP_PROTOCOL: (typeof protocols)[number];
  OTEL_EXPORTER_OTLP_HEADERS?: string;
  OTEL_SERVICE_NAME: string;
  OTEL_TRACES_SAMPLER: (typeof samplers)[number];
  OTEL_TRACES_SAMPLER_ARG: number;
}

/** `name=value`, with the value percent-encoded. */
function isHeader(text: string): boolean {
  const [, value] = /^\s*[\w!#$%&'*+.^`|~-]+\s*=([\x20-\x7e]*)$/.exec(text) ?? [];
  return value !== undefined && !/%(?![\da-f]{2})/i.test(value);
}

export const traceVariables = {
  OTEL_EXPORTER_OTLP_ENDPOINT: serverUrl('http://localhost:4318', 'http', 'https').pattern(/^[^?]*$/),
  OTEL_EXPORTER_OTLP_PROTOCOL: Joi.valid(...protocols)
    .default('http/protobuf')
    .messages({ '*': 'is {#value}, which is not one of http/protobuf, http/json' }),
  // The message never repeats the value: it may hold a key.
  OTEL_EXPORTER_OTLP_HEADERS: Joi.string()
    .custom((text: string, helpers) => (text.split(',').every(isHeader) ? text : helpers.error('any.invalid')))
    .messages({
      '*': 'is not a list of headers such as api-key=abc,x-tenant=shop; write a comma in a value as %2C, and % as %25',
    }),
  OTEL_SERVICE_NAME: Joi.string().default('cross-origin-api'),
  OTEL_TRACES_SAMPLER: Joi.valid(...samplers)
    .default('parentbased_always_on')
    .messages({ '*': `is {#value}, which is not one of ${samplers.join(', ')}` }),
  OTEL_TRACES_SAMPLER_ARG: Joi.number()
    .min(0)
    .max(1)
    .default(1)
    .messages({ '*': 'is {#value}, which is not a part of all traces; use a number from 0 to 1, for example 0.1' }),
};
