/** @type {import('../../step.js').Folder} */
export const refresh = {
  name: 'refresh',
  description:
    'An access token is valid for 15 minutes. The refresh cookie renews the session, and is replaced each time.',
  fields: { email: '{{otherUserEmail}}', password: '{{otherUserPassword}}' },
  steps: [
    { shows: 'POST /authentication/refresh', cookies: 'sets' },
    {
      name: 'Read the current user after the refresh',
      sends: 'GET /authentication',
      has: { id: '{{userId}}' },
      says: 'With the new cookies.',
    },
    {
      name: 'Renew the session without a session',
      sends: 'POST /authentication/refresh',
      as: 'nobody',
      status: 401,
      says: 'Without the cookie jar, so without a session.',
    },
    {
      name: 'Log in, and copy the cookies',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      cookies: 'sets',
      store: { copiedCookie: 'Set-Cookie' },
      says: 'Eve. The cookies are stored in a variable.',
    },
    {
      name: 'Renew this session',
      sends: 'POST /authentication/refresh',
      as: 'copy',
      cookies: 'sets',
      store: { phoneCookie: 'Set-Cookie' },
      says: 'This replaces the copied refresh token.',
    },
    {
      name: 'Renew this session again',
      sends: 'POST /authentication/refresh',
      as: 'phone',
      cookies: 'sets',
      store: { phoneCookie: 'Set-Cookie' },
      says: 'Now the copied refresh token was replaced twice.',
    },
    {
      name: 'Renew the session with the copied token',
      sends: 'POST /authentication/refresh',
      as: 'copy',
      status: 401,
      type: 'refresh-token-reused',
      says: 'The reuse of a replaced refresh token means that it was stolen, so the API ends the session.',
    },
    {
      name: 'Read the current user with the newest cookie of the ended session',
      sends: 'GET /authentication',
      as: 'phone',
      status: 401,
      says: 'The API no longer accepts any cookie of this session.',
    },
  ],
};
