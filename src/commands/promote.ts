import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { loadEnvironment } from '../config/load-environment.js';
import { ApiLogger } from '../logging/api-logger.js';
import { logSecurityEvent } from '../logging/security-log.js';
import { UsersService } from '../users/users.service.js';

// The role is given here, by whoever has a shell on the machine, and never over HTTP.
const [email] = process.argv.slice(2);
if (email === undefined) {
  console.error('Usage: npm run user:promote -- someone@example.com');
  process.exit(1);
}

try {
  const environment = loadEnvironment();
  const app = await NestFactory.createApplicationContext(await AppModule.forRoot(environment), {
    logger: false,
    abortOnError: false,
  });
  const user = await app.get(UsersService).changeRole(email, 'admin');
  app.useLogger(new ApiLogger(environment));
  if (user !== null) logSecurityEvent('role-changed', { userId: user.id });
  await app.close();
  console.log(user === null ? `There is no account with the address ${email}.` : `${email} is now an admin.`);
  process.exitCode = user === null ? 1 : 0;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
