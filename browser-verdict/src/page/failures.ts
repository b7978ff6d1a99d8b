import type { WireFailure } from '../verdict/wire.js';

const CODES: Readonly<Record<string, string>> = {
  ENOTFOUND: 'NameNotResolved',
  EAI_AGAIN: 'NameNotResolved',
  ECONNREFUSED: 'ConnectionRefused',
  HPE_HEADER_OVERFLOW: 'HeadersTooLarge',
  CERT_HAS_EXPIRED: 'CertificateExpired',
  CERT_NOT_YET_VALID: 'CertificateExpired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'CertificateSelfSigned',
  SELF_SIGNED_CERT_IN_CHAIN: 'CertificateSelfSigned',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'CertificateSelfSigned',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'CertificateSelfSigned',
  ERR_TLS_CERT_ALTNAME_INVALID: 'CertificateWrongName',
  EPROTO: 'TlsFailed',
  ETIMEDOUT: 'TimedOut',
};

/** What an error of Node.js means to a browser. Not by `instanceof`: an error may come from another realm, as in Jest. */
export function failureOf(error: unknown, timeoutMs: number): WireFailure {
  const { name, code = '', message = String(error) } = (error ?? {}) as Partial<NodeJS.ErrnoException>;
  if (name === 'TimeoutError' || name === 'AbortError') return { failure: 'TimedOut', detail: `${timeoutMs / 1000} s` };
  return { failure: CODES[code] ?? byPrefix(code) ?? 'ConnectionFailed', detail: message.slice(0, 200) };
}

function byPrefix(code: string): string | undefined {
  if (code.startsWith('HPE_')) return 'NotHttp';
  return code.startsWith('ERR_SSL') ? 'TlsFailed' : undefined;
}
