import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
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
  const isFound = await app.get(UsersService).changeRole(email, 'admin');
  await app.close();
  console.log(isFound ? `${email} is an admin now.` : `Nobody has registered as ${email}.`);
  process.exitCode = isFound ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
