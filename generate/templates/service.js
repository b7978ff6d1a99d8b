/** @import { Feature } from '../feature.js' */

/** @param {Feature} feature */
export const service = ({ className, pluralClassName, plural, singular, variable, pluralVariable }) => `
import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, Repository } from 'typeorm';
import { assertCanEdit } from '../authentication/assert-can-edit.js';
import type { CurrentUser } from '../authentication/current-user.decorator.js';
import type { Tagged } from '../conditional-requests/entity-tag.js';
import { PreconditionsService } from '../conditional-requests/preconditions.service.js';
import type { IdempotentRequest } from '../idempotency/idempotency-key.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import type { Page } from '../pagination/page.schema.js';
import { PaginationService } from '../pagination/pagination.service.js';
import { ${className} } from './${singular}.entity.js';
import type { ${className}Response, Create${className}, Update${className} } from './${singular}.schema.js';
import { ${variable}Filters, ${pluralVariable}Query, type List${pluralClassName} } from './${plural}.query.js';

@Injectable()
export class ${pluralClassName}Service {
  constructor(
    @InjectRepository(${className}) private readonly ${pluralVariable}: Repository<${className}>,
    private readonly pagination: PaginationService,
    private readonly idempotency: IdempotencyService,
    private readonly preconditions: PreconditionsService,
  ) {}

  async findAll(request: List${pluralClassName}): Promise<Page<${className}Response>> {
    return this.pagination.findPage(${pluralVariable}Query, request, ${variable}Filters(request));
  }

  async findOne(id: number, ifNoneMatch?: string): Promise<Tagged<${className}Response>> {
    return this.pagination.findOne(${pluralVariable}Query, id, { ifNoneMatch });
  }

  async create(
    user: CurrentUser,
    ${variable}: Create${className},
    request?: IdempotentRequest,
  ): Promise<Tagged<${className}Response>> {
    return this.idempotency.create(user.id, request, async (manager) => {
      const { id } = await manager.save(this.${pluralVariable}.create({ ...${variable}, authorId: user.id }));
      return this.pagination.findOne(${pluralVariable}Query, id, { manager });
    });
  }

  /** Locks the row, so that of two updates at the same time neither is lost. */
  async update(
    user: CurrentUser,
    id: number,
    changes: Update${className},
    ifMatch?: string,
  ): Promise<Tagged<${className}Response>> {
    return this.${pluralVariable}.manager.transaction(async (manager) => {
      const ${variable} = await this.lockEditable(manager, user, id, ifMatch);
      await manager.save(Object.assign(${variable}, changes, { updatedAt: new Date() }));
      return this.pagination.findOne(${pluralVariable}Query, id, { manager });
    });
  }

  async remove(user: CurrentUser, id: number, ifMatch?: string): Promise<void> {
    await this.${pluralVariable}.manager.transaction(async (manager) => {
      await manager.remove(await this.lockEditable(manager, user, id, ifMatch));
    });
  }

  /** @throws ForbiddenException unless the user is its author or an admin @throws ProblemException 412 or 428 */
  private async lockEditable(manager: EntityManager, user: CurrentUser, id: number, ifMatch?: string): Promise<${className}> {
    const ${variable} = await manager.findOneOrFail(${className}, { where: { id }, lock: { mode: 'pessimistic_write' } });
    assertCanEdit(user, ${variable}.authorId);
    this.preconditions.assert(ifMatch, { name: ${pluralVariable}Query.name, id, version: ${variable}.version });
    return ${variable};
  }
}
`;
