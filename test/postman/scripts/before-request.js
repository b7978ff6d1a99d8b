// Skips a request while a variable that it needs is empty, and prints how to fill it in.
const hints = {
  adminEmail: 'create an admin (npm run seed creates admin@example.com) and fill in adminEmail',
  adminPassword: 'fill in the password of adminEmail (in the demo data: correct horse battery)',
  adminCookie: 'no admin is logged in; send "Log in as an admin" first',
  allowedOrigin:
    'no admin has allowed an origin; fill in adminEmail and adminPassword, and run the collection from the top',
  mailUrl:
    'only npm run test:postman can read mails; to run this by hand, copy the token of the last link in the log of npm start into the variable of the next request',
  replacedToken: 'only npm run test:postman tests a link that was replaced by a newer one',
  confirmationToken:
    'copy the token of the last link to /confirm-email, in the log of npm start, into confirmationToken, and send this again',
  resetToken:
    'copy the token of the last link to /reset-password, in the log of npm start, into resetToken, and send this again',
};
const sent = JSON.stringify(pm.request);
const empty = Object.keys(hints).find((name) => sent.includes(`{{${name}}}`) && !pm.variables.get(name));
if (empty !== undefined) {
  pm.test.skip(`${empty} is empty: ${hints[empty]}`);
  console.warn(`${empty} is empty: ${hints[empty]}`);
  pm.execution.skipRequest();
}

// Requests to /authentication have a limit for each minute. When few are left, this request waits for the next minute.
const { remaining, until } = JSON.parse(pm.collectionVariables.get('limit') || '{}');
const wait = until - Date.now();
if (remaining < 15 && wait > 0 && sent.includes('"authentication"')) setTimeout(() => undefined, wait);
