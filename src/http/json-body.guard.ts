import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request, Response } from 'express';
import { isSafe } from './methods.js';
import { JsonBody } from './json-body.js';

/** Reads the body. As the last of the guards: a request that another one refuses costs no parsing. */
@Injectable()
export class JsonBodyGuard implements CanActivate {
  constructor(private readonly body: JsonBody) {}

  canActivate(context: ExecutionContext): boolean | Promise<boolean> {
    const request = context.switchToHttp().getRequest<Request>();
    return isSafe(request) || this.read(request, context.switchToHttp().getResponse<Response>());
  }

  private async read(request: Request, response: Response): Promise<boolean> {
    await this.body.read(request, response);
    return true;
  }
}
