const isToken = { 'is a token': () => pm.expect(pm.response.json().token).to.match(/^[\w-]{43}$/) };

/** @type {import('../../step.js').Folder} */
export const emailConfirmation = {
  name: 'email-confirmation',
  description:
    'A link in a mail confirms the e-mail address. In development, mails are printed to the log. `npm run test:postman` reads them from `mailUrl`.',
  fields: { token: 'A'.repeat(43) },
  steps: [
    {
      shows: 'POST /authentication/email-confirmation',
      says: 'The first link was sent after the change of the address.',
    },
    {
      name: 'Get the token of the first mail',
      sends: 'GET {{mailUrl}}/confirm-email?to={{email}}',
      status: 200,
      says: 'From the mailbox of npm run test:postman, which returns each mail once.',
      checks: isToken,
      after: () => pm.environment.set('replacedToken', pm.response.json().token),
    },
    {
      name: 'Confirm the address with the token of the first mail',
      sends: 'POST /authentication/email-confirmation/confirmation',
      body: { token: '{{replacedToken}}' },
      status: 400,
      says: 'The second link replaced the first one.',
    },
    {
      name: 'Get the token of the second mail',
      sends: 'GET {{mailUrl}}/confirm-email?to={{email}}',
      status: 200,
      says: 'From the mailbox of npm run test:postman.',
      checks: isToken,
      after: () => pm.environment.set('confirmationToken', pm.response.json().token),
    },
    {
      name: 'Confirm the address',
      sends: 'POST /authentication/email-confirmation/confirmation',
      as: 'nobody',
      body: { token: '{{confirmationToken}}' },
      says: 'With the token of the link. A session is not required.',
    },
    {
      name: 'Confirm the address with a token that was used before',
      sends: 'POST /authentication/email-confirmation/confirmation',
      body: { token: '{{confirmationToken}}' },
      status: 400,
      says: 'A token is valid once.',
      after: () => {
        pm.collectionVariables.set('isConfirmed', 'true');
        pm.environment.set('confirmationToken', '');
      },
    },
    {
      name: 'Read the time of the confirmation',
      sends: 'GET /authentication',
      says: 'Null when there was no token for the requests above.',
      checks: {
        'has the time of the confirmation if the token was used': () => {
          const { emailConfirmedAt } = pm.response.json();
          if (pm.collectionVariables.get('isConfirmed') === 'true')
            pm.expect(emailConfirmedAt).to.match(/^\d{4}-\d\d-\d\dT/);
          else pm.expect(emailConfirmedAt).to.equal(null);
        },
      },
    },
    {
      name: 'Confirm the address with an invalid token',
      sends: 'POST /authentication/email-confirmation/confirmation',
      body: { token: 'abc' },
      status: 400,
      errors: ['token'],
      says: 'A token has 43 characters.',
    },
    {
      name: 'Confirm the address from a page on another origin',
      sends: 'POST /authentication/email-confirmation/confirmation',
      from: 'another origin',
      status: 403,
      says: 'The headers of a page on another origin. The API refuses the request before it reads the body.',
    },
  ],
};
