import { Body, Controller, Get, HttpStatus, Post, Req, Res } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { NoContentResponse, OkResponse } from '../openapi/response.decorators.js';
import { RateLimited } from '../rate-limits/rate-limited.decorator.js';
import { toUserProfile, userProfileSchema, type UserProfile } from '../users/user.schema.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import { logInSchema, type LogIn } from './authentication.schema.js';
import { AuthenticationService } from './authentication.service.js';
import { CurrentClient, type Client } from './current-client.decorator.js';
import { CurrentUser } from './current-user.decorator.js';
import { Public } from './public.decorator.js';

@ApiTags('authentication')
@Controller('authentication')
@RateLimited('authentication')
export class AuthenticationController {
  constructor(
    private readonly authentication: AuthenticationService,
    private readonly cookies: AuthenticationCookies,
  ) {}

  @ApiOperation({ summary: 'Log in: start a session and set its two cookies' })
  @Post('log-in')
  @RateLimited('authentication', 'passwords')
  @Public()
  @OkResponse(userProfileSchema, HttpStatus.UNAUTHORIZED)
  async logIn(
    @Body({ schema: logInSchema }) credentials: LogIn,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<UserProfile> {
    const { user, tokens } = await this.authentication.logIn(credentials, client);
    this.cookies.set(response, tokens);
    return toUserProfile(user);
  }

  @ApiOperation({ summary: 'Renew the session; needs the refresh cookie, and sets new cookies' })
  @Post('refresh')
  @Public()
  @NoContentResponse(HttpStatus.UNAUTHORIZED)
  async refresh(
    @Req() request: Request,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    const { access, refresh } = this.cookies.read(request);
    const former = this.authentication.formerRefreshToken(this.cookies.readFormerRefresh(request), access);
    const clearCookies = () => this.cookies.clearSent(response);
    this.cookies.set(response, await this.authentication.refresh(refresh ?? former, client, clearCookies));
  }

  @ApiOperation({ summary: 'Log out: end the session on the server and clear its cookies' })
  @Post('log-out')
  @Public()
  @NoContentResponse()
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<void> {
    await this.authentication.logOut(this.cookies.readAll(request));
    this.cookies.clear(response);
  }

  @ApiOperation({ summary: 'Read the current user' })
  @Get()
  @OkResponse(userProfileSchema, HttpStatus.UNAUTHORIZED)
  findCurrentUser(@CurrentUser() user: CurrentUser): UserProfile {
    return toUserProfile(user);
  }
}
