import { NotFoundException } from '@nestjs/common';
import type { NextFunction, Request, Response } from 'express';

/** What the page of Swagger UI loads. Its package also has a package.json, source maps and texts, which tell its version. */
const assets = new Set([
  '/',
  '/index.html',
  '/index.css',
  '/favicon-16x16.png',
  '/favicon-32x32.png',
  '/swagger-ui.css',
  '/swagger-ui-bundle.js',
  '/swagger-ui-init.js',
  '/swagger-ui-standalone-preset.js',
  '/docs/swagger-ui-init.js',
]);

/** Mounted at `/docs`: everything else there does not exist. */
export function docsAssets({ path }: Request, _: Response, next: NextFunction): void {
  if (!assets.has(path)) throw new NotFoundException('Not found.');
  next();
}
