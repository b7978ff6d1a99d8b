/** @type {import('../../step.js').Folder} */
export const logOut = {
  name: 'log-out',
  description: 'Ends the session on the server, and clears the cookies in the browser.',
  fields: { email: '{{email}}', password: '{{password}}' },
  steps: [
    {
      name: 'Log in on another device',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      cookies: 'sets',
      store: { copiedCookie: 'Set-Cookie' },
      says: 'To show that its cookie is no longer valid after the log-out.',
    },
    {
      name: 'Log out on this device',
      sends: 'POST /authentication/log-out',
      as: 'copy',
      cookies: 'clears',
      says: 'With its cookie.',
    },
    {
      name: 'Read the current user with a copy of its cookie',
      sends: 'GET /authentication',
      as: 'copy',
      status: 401,
      says: 'The session has ended on the server.',
    },
    { shows: 'POST /authentication/log-out', cookies: 'clears', says: 'The response clears the cookies of the jar.' },
    {
      name: 'Create a post after the log-out',
      sends: 'POST /posts',
      status: 401,
      says: 'The jar contains no cookies.',
    },
    {
      name: 'Log out without a session',
      sends: 'POST /authentication/log-out',
      says: 'This is not an error.',
    },
    {
      name: 'Log in again',
      sends: 'POST /authentication/log-in',
      cookies: 'sets',
      says: 'For the rest of the run: the jar contains the cookies of Grace again.',
    },
  ],
};
