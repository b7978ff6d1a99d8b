const newAddress = 'grace-hopper-{{run}}@example.com';

/** @type {import('../../step.js').Folder} */
export const account = {
  name: 'account',
  description: 'The name, the e-mail address and the password.',
  fields: {
    email: '{{email}}',
    password: '{{password}}',
    currentPassword: '{{password}}',
    newPassword: 'staple battery horse',
  },
  steps: [
    {
      shows: 'PATCH /authentication',
      body: { name: 'Grace Hopper' },
      says: 'Fields that are not sent stay the same.',
      has: { email: '{{email}}' },
    },
    {
      name: 'Change the name to a blank one',
      sends: 'PATCH /authentication',
      body: { name: ' ' },
      status: 400,
      errors: ['name'],
      says: 'Spaces are removed at both ends.',
    },
    {
      name: 'Change the role',
      sends: 'PATCH /authentication',
      body: { role: 'admin' },
      status: 400,
      errors: ['role'],
      says: 'Only the command line makes an account an admin.',
    },
    {
      name: 'Change the address without the password',
      sends: 'PATCH /authentication',
      body: { email: newAddress },
      status: 400,
      errors: ['password'],
      says: 'So a stolen session is not enough to take over the account.',
    },
    {
      name: 'Change the address with a wrong password',
      sends: 'PATCH /authentication',
      body: { email: newAddress, password: 'wrong horse battery' },
      status: 403,
      says: 'The password must be that of the account.',
    },
    {
      name: 'Change the address to that of another user',
      sends: 'PATCH /authentication',
      body: { email: '{{otherUserEmail}}', password: '{{password}}' },
      status: 409,
      says: 'Eve uses it.',
    },
    {
      name: 'Change the address',
      sends: 'PATCH /authentication',
      body: { email: newAddress, password: '{{password}}' },
      has: { emailConfirmedAt: null, name: 'Grace Hopper' },
      store: { email: 'email' },
      says: 'The new address has to be confirmed.',
    },
    {
      shows: 'PATCH /authentication/password',
      after: () => {
        if (pm.response.code === 204) pm.collectionVariables.set('password', 'staple battery horse');
      },
    },
    {
      name: 'Change the password with a wrong current password',
      sends: 'PATCH /authentication/password',
      body: { currentPassword: 'wrong horse battery' },
      status: 403,
      says: 'The session alone is not enough.',
    },
    {
      name: 'Change the password to a short one',
      sends: 'PATCH /authentication/password',
      body: { newPassword: 'short' },
      status: 400,
      errors: ['newPassword'],
      says: 'At least 8 characters.',
    },
    {
      name: 'Log in with the new password',
      sends: 'POST /authentication/log-in',
      cookies: 'sets',
      says: 'And with the new address.',
    },
  ],
};
