import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { seedDemo } from './seed-demo.js';

try {
  const app = await NestFactory.createApplicationContext(await AppModule.forRoot(), {
    logger: false,
    abortOnError: false,
  });
  await seedDemo(app);
  await app.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
