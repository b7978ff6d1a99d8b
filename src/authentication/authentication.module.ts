import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MailModule } from '../mail/mail.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokens } from './access-tokens.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { AdminGuard } from './admin.guard.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import { AuthenticationController } from './authentication.controller.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { AuthenticationService } from './authentication.service.js';
import { Credentials } from './credentials.js';
import { JwtStrategy } from './jwt.strategy.js';
import { LogInLimits } from './log-in-limits.js';
import { MailToken } from './mail-token.entity.js';
import { MailTokensService } from './mail-tokens.service.js';
import { Passwords } from './passwords.js';
import { Session } from './session.entity.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [UsersModule, MailModule, PassportModule, JwtModule, TypeOrmModule.forFeature([Session, MailToken])],
  controllers: [AuthenticationController, AccountsController, SessionsController],
  providers: [
    AccessTokens,
    AccountsService,
    AuthenticationCookies,
    AuthenticationService,
    Credentials,
    JwtStrategy,
    LogInLimits,
    MailTokensService,
    Passwords,
    SessionsService,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: AdminGuard },
  ],
})
export class AuthenticationModule {}
