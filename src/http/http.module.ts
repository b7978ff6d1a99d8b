import { Global, Module } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { Cursors } from './cursors.js';
import { Draining } from './draining.js';
import { InputPipe } from './input.pipe.js';
import { Manners } from './manners.js';
import { ProblemFilter } from './problem.filter.js';
import { RouteTable } from './route-table.js';

/** What every request and every response have in common. */
@Global()
@Module({
  providers: [
    Cursors,
    Draining,
    Manners,
    RouteTable,
    { provide: APP_FILTER, useClass: ProblemFilter },
    { provide: APP_PIPE, useClass: InputPipe },
  ],
  exports: [Cursors, Draining, Manners, RouteTable],
})
export class HttpModule {}
