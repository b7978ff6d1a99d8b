import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PasswordsModule } from '../passwords/passwords.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccessTokens } from './access-tokens.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import { AuthenticationController } from './authentication.controller.js';
import { AuthenticationService } from './authentication.service.js';
import { BearerAuthentication } from './bearer-authentication.js';
import { CredentialsService } from './credentials.service.js';
import { JwtStrategy } from './jwt.strategy.js';
import { PersonalAccessToken } from './personal-access-token.entity.js';
import { PersonalAccessTokensService } from './personal-access-tokens.service.js';
import { RevocationService } from './revocation.service.js';
import { Session } from './session.entity.js';
import { SessionsController } from './sessions.controller.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [
    UsersModule,
    PasswordsModule,
    PassportModule,
    JwtModule,
    TypeOrmModule.forFeature([Session, PersonalAccessToken]),
  ],
  controllers: [AuthenticationController, SessionsController],
  providers: [
    AccessTokens,
    AuthenticationCookies,
    AuthenticationService,
    BearerAuthentication,
    CredentialsService,
    JwtStrategy,
    PersonalAccessTokensService,
    RevocationService,
    SessionsService,
  ],
  exports: [
    AuthenticationCookies,
    BearerAuthentication,
    CredentialsService,
    PersonalAccessTokensService,
    RevocationService,
    SessionsService,
  ],
})
export class AuthenticationModule {}
