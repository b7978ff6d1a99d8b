import { account } from './authentication/account.js';
import { emailConfirmation } from './authentication/email-confirmation.js';
import { logIn } from './authentication/log-in.js';
import { logOut } from './authentication/log-out.js';
import { passwordReset } from './authentication/password-reset.js';
import { refresh } from './authentication/refresh.js';
import { register } from './authentication/register.js';
import { sessions } from './authentication/sessions.js';
import { tokens } from './authentication/tokens.js';

/** @type {import('../step.js').Folder} */
export const authentication = {
  name: 'authentication',
  description:
    'Accounts and sessions. The cookie jar holds the cookies of Grace. Eve and the admin send their cookies in a header, with the jar disabled.',
  folders: [register, logIn, refresh, sessions, tokens, account, emailConfirmation, passwordReset, logOut],
};
