import { UseInterceptors } from '@nestjs/common';
import { LocationInterceptor } from './location.interceptor.js';

/** Adds the `Location` header to the response of a create route. */
export const Location = (): MethodDecorator => UseInterceptors(LocationInterceptor);
