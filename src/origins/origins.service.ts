import { ConflictException, Injectable, UnprocessableEntityException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { CurrentUser } from '../authentication/current-user.decorator.js';
import type { Environment } from '../config/environment.schema.js';
import { AllowedOrigins } from '../cross-origin/allowed-origins.js';
import type { Mistake } from '../origin-rules/origin-syntax.js';
import { findSiteMistakes } from '../origin-rules/site.js';
import type { List } from '../pagination/page.schema.js';
import type { ProblemException } from '../problems/problem.exception.js';
import { invalidInput } from '../validation/schema-validation.pipe.js';
import { Origin } from './origin.entity.js';
import type { CreateOrigin, OriginResponse } from './origin.schema.js';
import { StoredOriginsService } from './stored-origins.service.js';

/** The allowed origins, as admins list and change them. */
@Injectable()
export class OriginsService {
  constructor(
    @InjectRepository(Origin) private readonly origins: Repository<Origin>,
    private readonly allowedOrigins: AllowedOrigins,
    private readonly storedOrigins: StoredOriginsService,
    private readonly config: ConfigService<Environment, true>,
  ) {}

  async findAll(): Promise<List<OriginResponse>> {
    const configured = this.allowedOrigins.configured.map((origin) => ({ ...fromConfiguration, origin }));
    const stored = await this.origins.find({ relations: { creator: true }, order: { id: 'ASC' } });
    const items = [...configured, ...stored.map(toResponse)];
    return { count: items.length, items };
  }

  /** Allowed by this instance when it returns, and by the others a moment later. */
  async create(user: CurrentUser, { origin, note }: CreateOrigin): Promise<OriginResponse> {
    this.assertUsable(origin);
    const { id } = await this.storedOrigins.change((manager) =>
      manager.save(manager.create(Origin, { origin, note, creatorId: user.id })),
    );
    return toResponse(await this.origins.findOneOrFail({ where: { id }, relations: { creator: true } }));
  }

  async remove(id: number): Promise<void> {
    await this.storedOrigins.change(async (manager) => manager.remove(await manager.findOneByOrFail(Origin, { id })));
  }

  /** The rules of the start: a valid origin, from which the cookies reach this API. */
  private assertUsable(origin: string): void {
    const mistakes = this.allowedOrigins.findMistakes(origin);
    if (mistakes.length > 0) throw invalidOrigin(mistakes);
    if (this.allowedOrigins.configured.includes(origin))
      throw new ConflictException('This origin is already in FRONTEND_URL.');
    this.assertCookiesWork(origin);
  }

  private assertCookiesWork(origin: string): void {
    const apiUrl = this.config.get('API_URL', { infer: true });
    const production = this.config.get('NODE_ENV', { infer: true }) === 'production';
    const [mistake] = findSiteMistakes(apiUrl.origin, [origin], { production });
    if (mistake !== undefined)
      throw new UnprocessableEntityException(`No log-in would work from ${origin}: ${mistake.key} ${mistake.cause}.`);
  }
}

const fromConfiguration = { id: null, note: 'from FRONTEND_URL', creator: null, createdAt: null };

function toResponse({ id, origin, note, creator, createdAt }: Origin): OriginResponse {
  return { id, origin, note, creator: creator && { id: creator.id, name: creator.name }, createdAt };
}

function invalidOrigin(mistakes: Mistake[]): ProblemException {
  const suggestion = mistakes[0]?.suggestion;
  const causes = mistakes.map(({ cause }) => cause).join(' and ');
  const cure = suggestion === undefined ? '' : `; this would work: ${suggestion}`;
  return invalidInput([{ path: 'origin', message: causes + cure }]);
}
