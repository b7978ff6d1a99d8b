import { UseInterceptors } from '@nestjs/common';
import { NextLinkInterceptor } from './next-link.interceptor.js';

/** Adds a `Link` header with `rel="next"` to a list, while a page follows. */
export const NextLink = (): MethodDecorator => UseInterceptors(NextLinkInterceptor);
