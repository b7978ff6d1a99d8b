/** @type {Partial<import('../../step.js').Step>} */
const leaked = {
  as: 'token',
  status: 403,
  says: 'A leaked token must not take over the account.',
};

/** @type {import('../../step.js').Folder} */
export const tokens = {
  name: 'tokens',
  description: 'Personal access tokens, for clients without a cookie jar.',
  fields: { name: 'CI' },
  steps: [
    {
      shows: 'POST /authentication/tokens',
      body: { expiresAt: undefined, email: undefined, password: undefined },
      says: 'The token is shown this once.',
      store: { tokenId: 'id', token: 'token' },
      checks: { 'is a token': () => pm.expect(pm.response.json().token).to.match(/^coapi_[0-9A-Za-z]{49}$/) },
    },
    {
      name: 'Create a personal access token without a session',
      sends: 'POST /authentication/tokens',
      as: 'nobody',
      status: 401,
      says: 'Without the cookie jar, so without a session.',
    },
    {
      name: 'Create a personal access token with an invalid access',
      sends: 'POST /authentication/tokens',
      body: { access: 'admin' },
      status: 400,
      errors: ['access'],
      says: 'The access of a token is "read" or "write".',
    },
    {
      name: 'Create a personal access token with an e-mail address and a password',
      sends: 'POST /authentication/tokens',
      as: 'nobody',
      body: { name: 'Phone', access: 'write', email: '{{email}}', password: '{{password}}' },
      says: 'For an app that cannot keep a cookie.',
    },
    { shows: 'GET /authentication/tokens', says: 'Without the tokens themselves.', has: { count: 2 } },
    {
      name: 'Read the current user with a token',
      sends: 'GET /authentication',
      as: 'token',
      has: { email: '{{email}}' },
      says: 'With the header Authorization, and without a cookie.',
    },
    {
      name: 'Read the current user with a token and a session',
      sends: 'GET /authentication',
      headers: { Authorization: 'Bearer {{token}}' },
      status: 400,
      says: 'One of the two, not both.',
    },
    {
      name: 'Create a post with a token that can only read',
      sends: 'POST /posts',
      as: 'token',
      status: 403,
      checks: {
        'names the missing access': () =>
          pm.expect(pm.response.headers.get('WWW-Authenticate')).to.include('insufficient_scope'),
      },
      says: 'Its access is "read".',
    },
    { name: 'List the tokens with a token', sends: 'GET /authentication/tokens', ...leaked },
    { name: 'List the sessions with a token', sends: 'GET /authentication/sessions', ...leaked },
    {
      name: 'Revoke a token of another user',
      sends: 'DELETE /authentication/tokens/{id}',
      as: 'other user',
      status: 404,
      says: 'Eve knows the id, but the token is not hers.',
    },
    { shows: 'DELETE /authentication/tokens/{id}' },
    {
      name: 'Read the current user with a revoked token',
      sends: 'GET /authentication',
      as: 'token',
      status: 401,
      checks: {
        'names the invalid token': () =>
          pm.expect(pm.response.headers.get('WWW-Authenticate')).to.include('invalid_token'),
      },
      says: 'The token is unchanged, but revoked.',
    },
  ],
};
