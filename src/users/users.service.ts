import { Injectable, UnauthorizedException } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { EntityManager, Repository } from 'typeorm';
import { User, type Role } from './user.entity.js';

/** Methods with a `manager` take part in its transaction. */
@Injectable()
export class UsersService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  /** For transactions that concern an account. */
  get manager(): EntityManager {
    return this.users.manager;
  }

  /** @throws QueryFailedError for an address that is taken, regardless of case (`users_email_key`) */
  async create(user: Pick<User, 'email' | 'name' | 'passwordHash'>, manager: EntityManager): Promise<User> {
    return manager.save(manager.create(User, { ...user, role: 'user' }));
  }

  /** With the password hash, which no other query selects. */
  async findWithPassword(email: string): Promise<User | null> {
    return this.byEmail(email).addSelect('user.passwordHash').getOne();
  }

  async findByEmail(email: string): Promise<User | null> {
    return this.byEmail(email).getOne();
  }

  /**
   * A new address has to be confirmed again.
   *
   * @throws UnauthorizedException when the account was deleted in the meantime
   */
  async update(
    id: number,
    { name, email }: Partial<Pick<User, 'name' | 'email'>>,
    manager: EntityManager,
  ): Promise<User> {
    const changes = {
      ...(name !== undefined && { name }),
      ...(email !== undefined && { email, emailConfirmedAt: null }),
      updatedAt: new Date(),
    };
    await manager.update(User, { id }, changes);
    const user = await manager.findOneBy(User, { id });
    if (user === null) throw new UnauthorizedException('The account was deleted.');
    return user;
  }

  async setPassword(id: number, passwordHash: string, manager: EntityManager): Promise<void> {
    await manager.update(User, { id }, { passwordHash });
  }

  /** @returns false when the password has changed in the meantime */
  async replacePasswordHash({ id, passwordHash: previous }: User, passwordHash: string): Promise<boolean> {
    return (await this.users.update({ id, passwordHash: previous }, { passwordHash })).affected === 1;
  }

  /** Unless the account has another address by now. */
  async confirmEmail(id: number, email: string, manager: EntityManager): Promise<void> {
    await manager.update(User, { id, email }, { emailConfirmedAt: new Date() });
  }

  async remove(id: number): Promise<void> {
    await this.users.delete({ id });
  }

  /** @returns null when there is no account with this address */
  async changeRole(email: string, role: Role): Promise<User | null> {
    const user = await this.findByEmail(email);
    return user && this.users.save(Object.assign(user, { role }));
  }

  /**
   * Regardless of the case of A to Z, the only letters that an address can have. Compared in SQL and in the collation "C":
   * other languages and collations lower other letters differently.
   */
  private byEmail(email: string) {
    return this.users
      .createQueryBuilder('user')
      .where(`lower(user.email COLLATE "C") = lower(:email COLLATE "C")`, { email });
  }
}
