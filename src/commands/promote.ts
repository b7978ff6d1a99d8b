import { NestFactory } from '@nestjs/core';
import { ConfigService } from '@nestjs/config';
import { AppModule } from '../app.module.js';
import { logSecurityEvent } from '../authentication/security-log.js';
import type { Configuration } from '../config/environment.js';
import { ApiLogger } from '../http/api-logger.js';
import { UsersService } from '../users/users.service.js';

// An admin is made here, by whoever has a shell on the machine, and never over HTTP.
const [email] = process.argv.slice(2);
if (email === undefined) {
  console.error('Whom? npm run user:promote -- someone@example.com');
  process.exit(1);
}

try {
  const app = await NestFactory.createApplicationContext(await AppModule.forRoot(), {
    logger: false,
    abortOnError: false,
  });
  const user = await app.get(UsersService).changeRole(email, 'admin');
  app.useLogger(new ApiLogger(app.get<Configuration>(ConfigService)));
  if (user !== null) logSecurityEvent('role-changed', { userId: user.id });
  await app.close();
  console.log(user === null ? `Nobody has registered as ${email}.` : `${email} is an admin now.`);
  process.exitCode = user === null ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
