import { z } from 'zod';
import { body, line } from '../http/input.schema.js';
import { email } from './authentication.schema.js';
import { newPassword, password } from './new-password.schema.js';

export const changePasswordSchema = body({ currentPassword: password, newPassword }).meta({ id: 'ChangePassword' });
export type ChangePassword = z.infer<typeof changePasswordSchema>;

export const updateAccountSchema = body({
  name: line(100).optional(),
  email: email.optional(),
  password: password.optional().describe('The current password; needed for a new e-mail address'),
})
  .refine((changes) => changes.email === undefined || changes.password !== undefined, {
    path: ['password'],
    message: 'is needed to change the e-mail address',
  })
  .meta({ id: 'UpdateAccount' });
export type UpdateAccount = z.infer<typeof updateAccountSchema>;

export const deleteAccountSchema = body({ password }).meta({ id: 'DeleteAccount' });
export type DeleteAccount = z.infer<typeof deleteAccountSchema>;

export const requestPasswordResetSchema = body({ email }).meta({ id: 'RequestPasswordReset' });
export type RequestPasswordReset = z.infer<typeof requestPasswordResetSchema>;

const token = z.string('must be text').regex(/^[\w-]{43}$/, 'is not the token of a link from us');

export const resetPasswordSchema = body({ token, password: newPassword }).meta({ id: 'ResetPassword' });
export type ResetPassword = z.infer<typeof resetPasswordSchema>;

export const confirmEmailSchema = body({ token }).meta({ id: 'ConfirmEmail' });
export type ConfirmEmail = z.infer<typeof confirmEmailSchema>;
