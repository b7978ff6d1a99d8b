/** @type {Partial<import('../../step.js').Step>} */
const session = { cookies: 'sets', has: { role: 'user' } };

/** @type {import('../../step.js').Folder} */
export const logIn = {
  name: 'log-in',
  description: 'A session uses two HttpOnly cookies. Postman stores them for http://localhost:3000.',
  fields: { email: '{{email}}', password: '{{password}}' },
  steps: [
    { shows: 'POST /authentication/log-in', ...session },
    {
      name: 'Log in as another user',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      body: { email: '{{otherUserEmail}}', password: '{{otherUserPassword}}' },
      says: 'Without the cookie jar, which holds the cookies of Grace. The cookies are stored in a variable.',
      ...session,
      store: { otherUserCookie: 'Set-Cookie' },
    },
    {
      name: 'Log in as an admin',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      body: { email: '{{adminEmail}}', password: '{{adminPassword}}' },
      says: 'An account that was made an admin on the command line: npm run user:promote -- someone@example.com.',
      cookies: 'sets',
      has: { role: 'admin' },
      store: { adminCookie: 'Set-Cookie' },
    },
    {
      name: 'Log in with a wrong password',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      body: { password: 'wrong horse battery' },
      status: 401,
      cookies: 'leaves',
      store: { wrongPasswordDetail: 'detail' },
      says: 'The response is the same as for an unknown address.',
    },
    {
      name: 'Log in with an unknown address',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      body: { email: 'unknown-{{run}}@example.com' },
      status: 401,
      has: { detail: '{{wrongPasswordDetail}}' },
      says: 'The response does not reveal whether an account exists.',
    },
    { shows: 'GET /authentication', has: { id: '{{userId}}' } },
    {
      name: 'Read the current user with a forged access token',
      sends: 'GET /authentication',
      as: 'nobody',
      headers: { Cookie: 'Authentication=eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.' },
      status: 401,
      says: 'A token that this API did not sign.',
    },
    {
      name: 'Read the current user with two cookies of the same name',
      sends: 'GET /authentication',
      as: 'nobody',
      headers: { Cookie: 'Authentication=one; Authentication=another' },
      status: 400,
      detail: 'sent twice',
      says: 'Another subdomain can set a cookie with the same name, and the API cannot tell them apart. Every route that reads the cookies refuses this.',
    },
  ],
};
