/** @type {import('../../step.js').Folder} */
export const register = {
  name: 'register',
  description: 'Accounts. A new account has the role user.',
  fields: { email: '{{email}}', name: 'Grace', password: '{{password}}' },
  steps: [
    {
      shows: 'POST /authentication/register',
      says: 'Grace, with an e-mail address that is new in every run. She sends the requests below, with the cookies of the jar.',
      has: { role: 'user', emailConfirmedAt: null },
      cookies: 'leaves',
      store: { userId: 'id' },
      before: () => {
        // The names of this run are unique, and no value of an earlier run remains.
        const run = pm.variables.replaceIn('{{$guid}}');
        pm.collectionVariables.set('run', run);
        pm.collectionVariables.set('email', `grace-${run}@example.com`);
        pm.collectionVariables.set('otherUserEmail', `eve-${run}@example.com`);
        pm.collectionVariables.set('addedOrigin', `http://localhost:${20000 + Math.floor(Math.random() * 40000)}`);
        for (const name of ['password', 'otherUserPassword']) pm.collectionVariables.set(name, 'correct horse battery');
        for (const name of ['otherUserCookie', 'adminCookie', 'phoneCookie', 'copiedCookie', 'allowedOrigin'])
          pm.collectionVariables.set(name, '');
        pm.collectionVariables.set('isConfirmed', '');
        // The id of an origin is only needed by those who may not remove it, when no admin allows one.
        pm.collectionVariables.set('originId', 1);
        for (const name of ['replacedToken', 'confirmationToken', 'resetToken']) pm.environment.set(name, '');
      },
    },
    {
      name: 'Create the account of another user',
      sends: 'POST /authentication/register',
      body: { email: '{{otherUserEmail}}', name: 'Eve', password: '{{otherUserPassword}}' },
      says: 'Eve, who is not the author of anything that Grace creates.',
    },
    {
      name: 'Create an account with only invalid fields',
      sends: 'POST /authentication/register',
      body: { email: 'grace', name: ' ', password: 'short' },
      status: 400,
      errors: ['email', 'name', 'password'],
      says: 'An address without a domain, a blank name and a short password.',
    },
    {
      name: 'Create an account with a common password',
      sends: 'POST /authentication/register',
      body: { email: 'grace-{{run}}@example.net', password: 'password123' },
      status: 400,
      errors: ['password'],
      says: 'A list of common passwords is refused, whatever their length.',
    },
    {
      name: 'Create an account with an address that is already in use',
      sends: 'POST /authentication/register',
      body: { email: 'GRACE-{{run}}@EXAMPLE.COM' },
      status: 409,
      says: 'Upper and lower case make no difference: GRACE-...@EXAMPLE.COM is the same address.',
    },
  ],
};
