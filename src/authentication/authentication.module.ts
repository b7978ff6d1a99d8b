import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { JwtModule } from '@nestjs/jwt';
import { PassportModule } from '@nestjs/passport';
import { TypeOrmModule } from '@nestjs/typeorm';
import { UsersModule } from '../users/users.module.js';
import { AccessTokens } from './access-tokens.js';
import { AdminGuard } from './admin.guard.js';
import { AuthenticationCookies } from './authentication-cookies.js';
import { AuthenticationController } from './authentication.controller.js';
import { AuthenticationGuard } from './authentication.guard.js';
import { AuthenticationService } from './authentication.service.js';
import { JwtStrategy } from './jwt.strategy.js';
import { Passwords } from './passwords.js';
import { Session } from './session.entity.js';
import { SessionsService } from './sessions.service.js';

@Module({
  imports: [UsersModule, PassportModule, JwtModule, TypeOrmModule.forFeature([Session])],
  controllers: [AuthenticationController],
  providers: [
    AccessTokens,
    AuthenticationCookies,
    AuthenticationService,
    JwtStrategy,
    Passwords,
    SessionsService,
    { provide: APP_GUARD, useClass: AuthenticationGuard },
    { provide: APP_GUARD, useClass: AdminGuard },
  ],
})
export class AuthenticationModule {}
