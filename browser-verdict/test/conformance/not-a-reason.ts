const whole = (why: string) => () => why;

/** Values of the protocol that no verdict needs, by enumeration, each with the cause. Undefined: one is missing. */
export const notAReason: Readonly<Record<string, (value: string) => string | undefined>> = {
  CookieExclusionReason: whole(
    'the issues panel repeats the reasons of SetCookieBlockedReason and CookieBlockedReason',
  ),
  CookieWarningReason: whole('warnings of the issues panel: the cookie is kept'),
  CookieOperation: whole('not a reason'),
  MixedContentResolutionStatus: whole('not a reason'),
  MixedContentResourceType: whole('not a reason'),
  MixedContentType: whole('not a reason'),
  CookieSameSite: whole('not a reason'),
  CookieExemptionReason: whole('why a third-party cookie was kept in spite of a setting'),
  LocalNetworkAccessRequestPolicy: whole('not a reason'),
  IPAddressSpace: whole('not a reason'),
  BlockedByResponseReason: (value) =>
    /^CorpNotSame(?:Origin|Site)$/.test(value)
      ? 'the same as corp-not-same-origin and corp-not-same-site'
      : outside(value),
  BlockedReason: (value) =>
    /^(?:other|csp|origin|inspector|integrity|subresource-filter|content-type)$/.test(value)
      ? 'the page, an extension or a setting blocks, not CORS'
      : outside(value),
  CorsError: (value) =>
    /External$|^(?:Insecure|InvalidLocal)/.test(value)
      ? 'preflights for private networks were given up'
      : neverSent(value),
  SetCookieBlockedReason: (value) => elsewhere(value),
  CookieBlockedReason: (value) => elsewhere(value),
};

const outside = (value: string) =>
  /coep|coop|sri|dip/i.test(value) ? 'embedder policies, signatures and isolation are decided by the page' : undefined;

const neverSent = (value: string) =>
  value === 'InvalidResponse' || value === 'PreflightInvalidAllowOriginValue'
    ? 'an opaque answer where CORS was asked for: a service worker alone can make one'
    : undefined;

const elsewhere = (value: string) =>
  /^(?:ThirdPartyPhaseout|ThirdPartyBlockedInFirstPartySet|SchemeNotSupported|PortMismatch|SchemeMismatch|AnonymousContext)$/.test(
    value,
  )
    ? 'experiments and settings that no browser ships switched on'
    : undefined;
