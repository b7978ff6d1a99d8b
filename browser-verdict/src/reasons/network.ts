import type { Explanations } from './reason.js';

/** What a browser meets below HTTP. Every browser says only that the request failed. */
export const networkReasons: Explanations = {
  NameNotResolved: {
    title: 'The host name of {url} has no address.',
    cure: 'Check the spelling, and the DNS record of the host.',
    console: { chromium: 'net::ERR_NAME_NOT_RESOLVED' },
  },
  ConnectionRefused: {
    title: 'Nothing listens at {url}.',
    cure: 'Start the API, and compare the port.',
    console: { chromium: 'net::ERR_CONNECTION_REFUSED' },
  },
  ConnectionFailed: {
    title: 'The connection to {url} failed: {detail}.',
    cure: 'Look at the log of the server or the proxy: it closed the connection.',
    console: { chromium: 'net::ERR_CONNECTION_RESET' },
  },
  TimedOut: {
    title: 'No answer within {detail}.',
    cure: 'Look for a firewall that drops packets, or for a handler that never answers.',
    console: { chromium: 'net::ERR_TIMED_OUT' },
  },
  NotHttp: {
    title: 'What answers at {url} does not speak HTTP: {detail}.',
    cure: 'Check the port, and http against https.',
    console: { chromium: 'net::ERR_INVALID_HTTP_RESPONSE' },
  },
  HeadersTooLarge: {
    title: 'The headers of the answer are larger than browsers accept.',
    cure: 'Look for a header that grows, such as one cookie more with each answer.',
    console: { chromium: 'net::ERR_RESPONSE_HEADERS_TOO_BIG' },
  },
  CertificateExpired: {
    title: 'The certificate of {url} has expired: {detail}.',
    cure: 'Renew the certificate, and reload the server that presents it.',
    console: { chromium: 'net::ERR_CERT_DATE_INVALID' },
  },
  CertificateSelfSigned: {
    title: 'The certificate of {url} is self-signed, or its issuer is unknown: {detail}.',
    cure: 'Use a certificate of a public authority, and present the intermediate ones too.',
    console: { chromium: 'net::ERR_CERT_AUTHORITY_INVALID' },
  },
  CertificateWrongName: {
    title: 'The certificate of {url} is for another name: {detail}.',
    cure: 'Issue the certificate for the host in the URL.',
    console: { chromium: 'net::ERR_CERT_COMMON_NAME_INVALID' },
  },
  TlsFailed: {
    title: 'No secure connection to {url}: {detail}.',
    cure: 'Check that the port speaks TLS, version 1.2 or later.',
    console: { chromium: 'net::ERR_SSL_PROTOCOL_ERROR' },
  },
};
