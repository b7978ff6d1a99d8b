/** @type {import('../step.js').Folder} */
export const accountDeletion = {
  name: 'account deletion',
  description: 'Deletes both accounts, so this run leaves nothing behind.',
  fields: { email: '{{email}}', password: '{{password}}', name: 'Ghosts {{run}}' },
  steps: [
    {
      name: 'Delete the account with a wrong password',
      sends: 'DELETE /authentication',
      body: { password: 'wrong horse battery' },
      status: 403,
      says: 'The password must be that of the account.',
    },
    { shows: 'DELETE /authentication', cookies: 'clears', says: 'This ends all its sessions.' },
    {
      name: 'Read the current user after the deletion',
      sends: 'GET /authentication',
      status: 401,
      says: 'The jar contains no cookies.',
    },
    {
      name: 'Create a category after the deletion',
      sends: 'POST /categories',
      status: 401,
      says: 'There is no session.',
    },
    {
      name: 'Log in to the deleted account',
      sends: 'POST /authentication/log-in',
      status: 401,
      says: 'The response is the same as for an unknown address.',
    },
    {
      name: 'Delete the account of the other user',
      sends: 'DELETE /authentication',
      as: 'other user',
      body: { password: '{{otherUserPassword}}' },
      says: 'With the cookie of Eve.',
    },
    {
      name: 'Read the current user with the cookie of the deleted account',
      sends: 'GET /authentication',
      as: 'other user',
      status: 401,
      says: 'The session ended with the account.',
    },
  ],
};
