import { z } from 'zod';
import { newPasswordSchema, passwordSchema } from '../passwords/password.schema.js';
import { emailSchema, userNameSchema } from '../users/user.schema.js';
import { requestBody } from '../validation/field.schemas.js';

export const registerSchema = requestBody({
  email: emailSchema,
  name: userNameSchema,
  password: newPasswordSchema,
}).meta({
  id: 'Register',
  examples: [{ email: 'grace@example.com', name: 'Grace', password: 'correct horse battery' }],
});
export type Register = z.infer<typeof registerSchema>;

export const updateAccountSchema = requestBody({
  name: userNameSchema.optional(),
  email: emailSchema.optional(),
  password: passwordSchema.optional().describe('The current password; needed for a new e-mail address'),
})
  .refine((changes) => changes.email === undefined || changes.password !== undefined, {
    path: ['password'],
    message: 'is needed to change the e-mail address',
  })
  .meta({ id: 'UpdateAccount', examples: [{ name: 'Grace Hopper' }] });
export type UpdateAccount = z.infer<typeof updateAccountSchema>;

export const changePasswordSchema = requestBody({
  currentPassword: passwordSchema,
  newPassword: newPasswordSchema,
}).meta({
  id: 'ChangePassword',
  examples: [{ currentPassword: 'correct horse battery', newPassword: 'staple battery horse' }],
});
export type ChangePassword = z.infer<typeof changePasswordSchema>;

export const deleteAccountSchema = requestBody({ password: passwordSchema }).meta({
  id: 'DeleteAccount',
  examples: [{ password: 'correct horse battery' }],
});
export type DeleteAccount = z.infer<typeof deleteAccountSchema>;

export const requestPasswordResetSchema = requestBody({ email: emailSchema }).meta({
  id: 'RequestPasswordReset',
  examples: [{ email: 'grace@example.com' }],
});
export type RequestPasswordReset = z.infer<typeof requestPasswordResetSchema>;

const token = z.string('must be text').regex(/^[\w-]{43}$/, 'is not the token of a link from us');

export const resetPasswordSchema = requestBody({ token, password: newPasswordSchema }).meta({ id: 'ResetPassword' });
export type ResetPassword = z.infer<typeof resetPasswordSchema>;

export const confirmEmailSchema = requestBody({ token }).meta({ id: 'ConfirmEmail' });
export type ConfirmEmail = z.infer<typeof confirmEmailSchema>;
