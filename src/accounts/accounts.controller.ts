import { Body, Controller, Delete, HttpStatus, Patch, Post, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Response } from 'express';
import { AuthenticationCookies } from '../authentication/authentication-cookies.js';
import { CurrentClient, type Client } from '../authentication/current-client.decorator.js';
import { CurrentUser, type SessionUser } from '../authentication/current-user.decorator.js';
import { Public } from '../authentication/public.decorator.js';
import { SessionOnly } from '../authentication/session-only.decorator.js';
import { CreatedResponse, NoContentResponse, OkResponse } from '../openapi/response.decorators.js';
import { RateLimited } from '../rate-limits/rate-limited.decorator.js';
import { toUserProfile, userProfileSchema, type UserProfile } from '../users/user.schema.js';
import {
  changePasswordSchema,
  deleteAccountSchema,
  registerSchema,
  updateAccountSchema,
  type ChangePassword,
  type DeleteAccount,
  type Register,
  type UpdateAccount,
} from './account.schema.js';
import { AccountsService } from './accounts.service.js';

@ApiTags('authentication')
@Controller('authentication')
@RateLimited('authentication')
export class AccountsController {
  constructor(
    private readonly accounts: AccountsService,
    private readonly cookies: AuthenticationCookies,
  ) {}

  @ApiOperation({ summary: 'Create an account' })
  @Post('register')
  @RateLimited('authentication', 'passwords')
  @Public()
  @CreatedResponse(userProfileSchema, HttpStatus.CONFLICT)
  async register(@Body({ schema: registerSchema }) account: Register): Promise<UserProfile> {
    return toUserProfile(await this.accounts.create(account));
  }

  @ApiOperation({ summary: 'Change the name or the e-mail address' })
  @Patch()
  @SessionOnly()
  @RateLimited('authentication', 'passwords')
  @OkResponse(userProfileSchema, HttpStatus.CONFLICT)
  async update(
    @CurrentUser() user: SessionUser,
    @Body({ schema: updateAccountSchema }) changes: UpdateAccount,
    @CurrentClient() { ip }: Client,
  ): Promise<UserProfile> {
    return toUserProfile(await this.accounts.update(user, changes, ip));
  }

  @ApiOperation({ summary: 'Change the password; ends all other sessions' })
  @Patch('password')
  @SessionOnly()
  @RateLimited('authentication', 'passwords')
  @NoContentResponse()
  async changePassword(
    @CurrentUser() user: SessionUser,
    @Body({ schema: changePasswordSchema }) passwords: ChangePassword,
    @CurrentClient() { ip }: Client,
  ): Promise<void> {
    await this.accounts.changePassword(user, passwords, ip);
  }

  @ApiOperation({ summary: 'Delete the account; its posts, categories and products stay, without its name' })
  @Delete()
  @SessionOnly()
  @RateLimited('authentication', 'passwords')
  @NoContentResponse()
  async remove(
    @CurrentUser() user: SessionUser,
    @Body({ schema: deleteAccountSchema }) confirmation: DeleteAccount,
    @CurrentClient() { ip }: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.accounts.remove(user, confirmation, ip);
    this.cookies.clear(response);
  }
}
