/** What the panel says about the relation of page and API, about CORS and about the cookie. */
export const siteRelationTexts = {
  'same-origin': 'Same origin: CORS does not apply, and cookies are always sent.',
  'same-site': 'Two origins on one site: CORS applies, and cookies with SameSite=Lax are sent.',
  'cross-site': 'Two sites: CORS applies. Cookies need SameSite=None; Secure, and Safari blocks even those.',
};

export const cookieTexts = {
  sent: 'Sent: the API knows who you are. Scripts cannot read the cookie (HttpOnly), not even those of this page.',
  blocked: 'Not sent, although the log-in set it: the browser did not store it or did not send it.',
  none: 'None: you are not logged in. A 401 below is how the page finds that out.',
  unknown: 'Unknown: no response has shown it yet.',
};

export const corsTexts = {
  readable: 'The API allows this page to read its responses.',
  refused: `The API is running, but does not allow this page to read its responses. Is ${location.origin} in its FRONTEND_URL?`,
  unreachable: 'The API cannot be reached. Is it running at this URL?',
  lost: 'The API allows this page, but its last response did not arrive.',
  offline: 'This device is offline.',
  unknown: 'No response yet.',
};

export const shortTexts = {
  readable: 'responses readable',
  refused: 'responses hidden',
  unreachable: 'API not reached',
  lost: 'response lost',
  offline: 'offline',
  unknown: 'no response yet',
  sent: 'cookie sent',
  blocked: 'cookie not sent',
  none: 'not logged in',
};
