import { Body, Controller, Delete, Patch, Post, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { Answers, AnswersNothing } from '../http/answers.js';
import { NoStore } from '../http/no-store.js';
import { Mailer } from '../mail/mailer.js';
import { profileOf, userSchema } from '../users/user.schema.js';
import {
  changePasswordSchema,
  confirmEmailSchema,
  deleteAccountSchema,
  requestPasswordResetSchema,
  resetPasswordSchema,
  updateAccountSchema,
  type ChangePassword,
  type ConfirmEmail,
  type DeleteAccount,
  type RequestPasswordReset,
  type ResetPassword,
  type UpdateAccount,
} from './account.schema.js';
import { AccountsService } from './accounts.service.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import { CurrentClient } from './client.js';
import { CurrentUser, Public } from './current-user.js';
import { LimitGuard } from './limit.guard.js';
import type { Client } from './sessions.service.js';

@ApiTags('authentication')
@Controller('authentication')
@NoStore()
@UseGuards(LimitGuard)
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly cookies: AuthenticationCookies,
    private readonly mailer: Mailer,
  ) {}

  @ApiOperation({ summary: 'Change name or e-mail address' })
  @Patch()
  @Answers(200, userSchema, 409, 429)
  async update(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: updateAccountSchema }) changes: UpdateAccount,
    @CurrentClient() { ip }: Client,
  ) {
    return profileOf(await this.accounts.update(user, changes, ip));
  }

  @ApiOperation({ summary: 'Change the password; ends all other sessions' })
  @Patch('password')
  @AnswersNothing(429)
  changePassword(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: changePasswordSchema }) passwords: ChangePassword,
    @CurrentClient() { ip }: Client,
  ) {
    return this.accounts.changePassword(user, passwords, ip);
  }

  @ApiOperation({ summary: 'Delete the account; what it wrote stays, without its name' })
  @Delete()
  @AnswersNothing(429)
  async remove(
    @CurrentUser() user: CurrentUser,
    @Body({ schema: deleteAccountSchema }) confirmation: DeleteAccount,
    @CurrentClient() { ip }: Client,
    @Res({ passthrough: true }) response: Response,
  ) {
    await this.accounts.remove(user, confirmation, ip);
    this.cookies.clear(response);
  }

  @ApiOperation({ summary: 'Ask for a link to set a new password; the answer is the same for an unknown address' })
  @Post('password-reset')
  @Public()
  @AnswersNothing(429)
  requestPasswordReset(@Body({ schema: requestPasswordResetSchema }) { email }: RequestPasswordReset) {
    this.mailer.assertReady();
    this.accounts.requestPasswordReset(email);
  }

  @ApiOperation({ summary: 'Set a new password with the token of the link; ends all sessions' })
  @Post('password-reset/confirmation')
  @Public()
  @AnswersNothing(429)
  resetPassword(@Body({ schema: resetPasswordSchema }) reset: ResetPassword) {
    return this.accounts.resetPassword(reset);
  }

  @ApiOperation({ summary: 'Ask for a link to confirm the e-mail address' })
  @Post('email-confirmation')
  @AnswersNothing(429)
  async requestConfirmation(@CurrentUser() user: CurrentUser) {
    this.mailer.assertReady();
    await this.accounts.requestConfirmation(user);
  }

  @ApiOperation({ summary: 'Confirm the e-mail address with the token of the link' })
  @Post('email-confirmation/confirmation')
  @Public()
  @AnswersNothing(429)
  confirmEmail(@Body({ schema: confirmEmailSchema }) { token }: ConfirmEmail) {
    return this.accounts.confirmEmail(token);
  }
}
