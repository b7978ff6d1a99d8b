import { UseGuards } from '@nestjs/common';
import { PublicCacheGuard } from './public-cache.guard.js';

/** For reads that are the same for everyone: caches may store the response, for as long as PUBLIC_CACHE_TTL says. */
export const PubliclyCacheable = (): MethodDecorator => UseGuards(PublicCacheGuard);
