import { Body, Controller, Get, Post, Req, Res, UseGuards } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import type { Request, Response } from 'express';
import { Answers, AnswersNothing } from '../http/answers.js';
import { NoStore } from '../http/no-store.js';
import { profileOf, userSchema } from '../users/user.schema.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import { logInSchema, registerSchema, type LogIn, type Register } from './authentication.schema.js';
import { AuthenticationService } from './authentication.service.js';
import { CurrentClient } from './client.js';
import { CurrentUser, Public } from './current-user.js';
import { LimitGuard } from './limit.guard.js';
import type { Client } from './sessions.service.js';

@ApiTags('authentication')
@Controller('authentication')
@NoStore()
@UseGuards(LimitGuard)
export class AuthenticationController {
  constructor(
    private readonly authentication: AuthenticationService,
    private readonly cookies: AuthenticationCookies,
  ) {}

  @ApiOperation({ summary: 'Make an account' })
  @Post('register')
  @Public()
  @Answers(201, userSchema, 409, 429)
  async register(@Body({ schema: registerSchema }) account: Register) {
    return profileOf(await this.authentication.register(account));
  }

  @ApiOperation({ summary: 'Start a session; sets the two cookies' })
  @Post('log-in')
  @Public()
  @Answers(200, userSchema, 401, 429)
  async logIn(
    @Body({ schema: logInSchema }) credentials: LogIn,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { user, tokens } = await this.authentication.logIn(credentials, client);
    this.cookies.set(response, tokens);
    return profileOf(user);
  }

  @ApiOperation({ summary: 'Renew the session with the refresh cookie; sets new cookies' })
  @Post('refresh')
  @Public()
  @AnswersNothing(401, 429)
  async refresh(
    @Req() request: Request,
    @CurrentClient() client: Client,
    @Res({ passthrough: true }) response: Response,
  ) {
    const { refresh } = this.cookies.read(request);
    this.cookies.clear(response); // stays when the session is over
    this.cookies.set(response, await this.authentication.refresh(refresh, client));
  }

  @ApiOperation({ summary: 'End the session, on the server and in the browser' })
  @Post('log-out')
  @Public()
  @AnswersNothing(429)
  async logOut(@Req() request: Request, @Res({ passthrough: true }) response: Response) {
    await this.authentication.logOut(this.cookies.read(request));
    this.cookies.clear(response);
  }

  @ApiOperation({ summary: 'The current user' })
  @Get()
  @Answers(200, userSchema, 401)
  findCurrentUser(@CurrentUser() user: CurrentUser) {
    return profileOf(user);
  }
}
