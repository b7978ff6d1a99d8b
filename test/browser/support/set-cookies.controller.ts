import { Controller, Get, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Public } from '../../../src/authentication/public.decorator.js';

/** `GET /set-cookies?cookie=a%3D1%3B%20Secure` sets this cookie, from the host of the API. */
@Controller('set-cookies')
@Public()
export class SetCookiesController {
  @Get()
  set(@Query('cookie') cookie: string | string[], @Res({ passthrough: true }) response: Response) {
    response.append('Set-Cookie', cookie);
    return {};
  }
}
