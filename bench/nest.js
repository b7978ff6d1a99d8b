// The same by hand, with Nest: controllers and nothing else. Decorators are called, since nothing compiles this file.
import 'reflect-metadata';
import { Controller, Get, Module, Param, ParseIntPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { findAll, findOne } from './posts.js';

class PostsController {
  findAll() {
    return findAll();
  }

  /** @param {number} id */
  findOne(id) {
    return findOne(id);
  }
}
decorate(PostsController, 'findAll', Get('posts'));
decorate(PostsController, 'findOne', Get('posts/:id'));
Param('id', ParseIntPipe)(PostsController.prototype, 'findOne', 0);
Controller()(PostsController);

class HealthController {
  live() {
    return { status: 'ok' };
  }
}
decorate(HealthController, 'live', Get(['', 'health/live']));
Controller()(HealthController);

class AppModule {}
Module({ controllers: [PostsController, HealthController] })(AppModule);

/** @param {{ prototype: object }} target @param {string} name @param {MethodDecorator} decorator */
function decorate({ prototype }, name, decorator) {
  decorator(prototype, name, /** @type {PropertyDescriptor} */ (Object.getOwnPropertyDescriptor(prototype, name)));
}

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(Number(process.env.PORT), '127.0.0.1');
