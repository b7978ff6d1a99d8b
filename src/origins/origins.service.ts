import { BadRequestException, ConflictException, Injectable, UnprocessableEntityException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import type { CurrentUser } from '../authentication/current-user.js';
import { CrossOriginPolicy } from '../cross-origin/cross-origin-policy.js';
import type { Mistake } from '../cross-origin/origin-syntax.js';
import { Origin } from './origin.entity.js';
import type { CreateOrigin } from './origin.schema.js';
import { StoredOrigins } from './stored-origins.js';

@Injectable()
export class OriginsService {
  constructor(
    @InjectRepository(Origin) private readonly origins: Repository<Origin>,
    private readonly policy: CrossOriginPolicy,
    private readonly stored: StoredOrigins,
  ) {}

  async findAll() {
    const configured = this.policy.configured.entries.map((origin) => ({ ...fromConfiguration, origin }));
    const stored = await this.origins.find({ relations: { creator: true }, order: { id: 'ASC' } });
    const items = [...configured, ...stored.map(present)];
    return { count: items.length, items };
  }

  /** In force on this instance when it returns, on the others a moment later. */
  async create(user: CurrentUser, { origin, note }: CreateOrigin) {
    this.check(origin);
    const { id } = await this.origins.save(this.origins.create({ origin, note, creatorId: user.id }));
    await this.stored.announce();
    return present(await this.origins.findOneOrFail({ where: { id }, relations: { creator: true } }));
  }

  async remove(id: number): Promise<void> {
    await this.origins.remove(await this.origins.findOneByOrFail({ id }));
    await this.stored.announce();
  }

  /** The same rules as at start, and a cookie that would reach us from there. */
  private check(origin: string): void {
    const mistakes = this.policy.mistakesOf(origin);
    if (mistakes.length > 0) throw refuse(mistakes);
    if (this.policy.configured.entries.includes(origin))
      throw new ConflictException('This origin is in FRONTEND_URL already.');
    const obstacle = this.policy.obstacleTo(origin);
    if (obstacle !== undefined) throw new UnprocessableEntityException(obstacle);
  }
}

const fromConfiguration = { id: null, note: 'from FRONTEND_URL', creator: null, createdAt: null };

function present({ id, origin, note, creator, createdAt }: Origin) {
  return { id, origin, note, creator: creator && { id: creator.id, name: creator.name }, createdAt };
}

function refuse(mistakes: Mistake[]): BadRequestException {
  const cure = mistakes[0]?.suggestion;
  const message =
    mistakes.map(({ cause }) => cause).join(' and ') + (cure === undefined ? '' : `; this would work: ${cure}`);
  const errors = [{ path: 'origin', message }];
  return new BadRequestException({ message: `origin ${message}.`, type: 'urn:problem:invalid-input', errors });
}
