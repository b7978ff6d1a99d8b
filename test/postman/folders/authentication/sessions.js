/** @type {import('../../step.js').Folder} */
export const sessions = {
  name: 'sessions',
  description: 'The devices on which Grace is logged in.',
  fields: { email: '{{email}}', password: '{{password}}' },
  steps: [
    {
      name: 'Log in on a second device',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      headers: { 'User-Agent': 'Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0' },
      cookies: 'sets',
      store: { phoneCookie: 'Set-Cookie' },
      says: 'Firefox on a phone. Its cookies are stored in a variable.',
    },
    {
      shows: 'GET /authentication/sessions',
      has: { count: 2 },
      checks: {
        'has the current session and the phone': () => {
          const { items } = pm.response.json();
          pm.expect(items.filter(({ current }) => current)).to.have.lengthOf(1);
          const other = items.find(({ current }) => !current);
          pm.expect(other.device).to.match(/^Firefox/);
          pm.collectionVariables.set('sessionId', other.id);
        },
      },
    },
    {
      name: 'End the session of another user',
      sends: 'DELETE /authentication/sessions/{id}',
      id: '{{sessionId}}',
      as: 'other user',
      status: 404,
      says: 'Eve knows the id, but the session is not hers.',
    },
    { shows: 'DELETE /authentication/sessions/{id}', id: '{{sessionId}}', says: 'That of the phone. It ends at once.' },
    {
      name: 'Read the current user on the phone',
      sends: 'GET /authentication',
      as: 'phone',
      status: 401,
      says: 'Its cookie is unchanged, but its session has ended.',
    },
    {
      name: 'Log in on the phone again',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      cookies: 'sets',
      store: { phoneCookie: 'Set-Cookie' },
      says: 'This session is ended together with all others.',
    },
    { shows: 'DELETE /authentication/sessions' },
    {
      name: 'Read the current user on the phone again',
      sends: 'GET /authentication',
      as: 'phone',
      status: 401,
      says: 'Its session has ended.',
    },
    {
      name: 'List the remaining session',
      sends: 'GET /authentication/sessions',
      has: { count: 1, 'items[0].current': true },
      says: 'Only the current session.',
    },
  ],
};
