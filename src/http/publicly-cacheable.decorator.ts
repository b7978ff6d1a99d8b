import { UseInterceptors } from '@nestjs/common';
import { PublicCacheInterceptor } from './public-cache.interceptor.js';

/** For reads that are the same for everyone: caches may store the response, for as long as PUBLIC_CACHE_TTL says. */
export const PubliclyCacheable = (): MethodDecorator => UseInterceptors(PublicCacheInterceptor);
