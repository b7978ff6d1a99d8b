import { Body, Controller, Post } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser, type SessionUser } from '../authentication/current-user.decorator.js';
import { Public } from '../authentication/public.decorator.js';
import { SessionOnly } from '../authentication/session-only.decorator.js';
import { NoContentResponse } from '../openapi/response.decorators.js';
import { RateLimited } from '../rate-limits/rate-limited.decorator.js';
import {
  confirmEmailSchema,
  requestPasswordResetSchema,
  resetPasswordSchema,
  type ConfirmEmail,
  type RequestPasswordReset,
  type ResetPassword,
} from './account.schema.js';
import { AccountLinksService } from './account-links.service.js';

@ApiTags('authentication')
@Controller('authentication')
@RateLimited('authentication')
export class AccountLinksController {
  constructor(private readonly links: AccountLinksService) {}

  @ApiOperation({ summary: 'Request a link to set a new password; the response is the same for an unknown address' })
  @Post('password-reset')
  @Public()
  @NoContentResponse()
  requestPasswordReset(@Body({ schema: requestPasswordResetSchema }) { email }: RequestPasswordReset): void {
    this.links.requestPasswordReset(email);
  }

  @ApiOperation({ summary: 'Set a new password with the token of the link; ends all sessions' })
  @Post('password-reset/confirmation')
  @RateLimited('authentication', 'passwords')
  @Public()
  @NoContentResponse()
  async resetPassword(@Body({ schema: resetPasswordSchema }) reset: ResetPassword): Promise<void> {
    await this.links.resetPassword(reset);
  }

  @ApiOperation({ summary: 'Request a link to confirm the e-mail address' })
  @Post('email-confirmation')
  @SessionOnly()
  @NoContentResponse()
  async requestEmailConfirmation(@CurrentUser() user: SessionUser): Promise<void> {
    await this.links.requestEmailConfirmation(user);
  }

  @ApiOperation({ summary: 'Confirm the e-mail address with the token of the link' })
  @Post('email-confirmation/confirmation')
  @Public()
  @NoContentResponse()
  async confirmEmail(@Body({ schema: confirmEmailSchema }) { token }: ConfirmEmail): Promise<void> {
    await this.links.confirmEmail(token);
  }
}
