import { Injectable } from '@nestjs/common';
import { InjectRepository } from '@nestjs/typeorm';
import { Repository } from 'typeorm';
import { User, type Role } from './user.entity.js';

@Injectable()
export class UsersService {
  constructor(@InjectRepository(User) private readonly users: Repository<User>) {}

  /** @throws QueryFailedError for an address that is taken, whatever its case (`users_email`) */
  async create(user: Pick<User, 'email' | 'name' | 'passwordHash'>): Promise<User> {
    return this.users.save(this.users.create({ ...user, role: 'user' }));
  }

  /** With the password hash, which no other query reads. */
  async findWithPassword(email: string): Promise<User | null> {
    return this.users
      .createQueryBuilder('user')
      .addSelect('user.passwordHash')
      .where('lower(user.email) = lower(:email)', { email })
      .getOne();
  }

  async findByEmail(email: string): Promise<User | null> {
    return this.users.createQueryBuilder('user').where('lower(user.email) = lower(:email)', { email }).getOne();
  }

  /** A new address is not confirmed yet. */
  async update(id: number, { name, email }: Partial<Pick<User, 'name' | 'email'>>): Promise<User> {
    const user = await this.users.findOneByOrFail({ id });
    if (name !== undefined) user.name = name;
    if (email !== undefined) Object.assign(user, { email, emailConfirmedAt: null });
    return this.users.save(user);
  }

  async setPassword(id: number, passwordHash: string): Promise<void> {
    await this.users.update({ id }, { passwordHash });
  }

  /** Unless the address is another one by now. */
  async confirmEmail(id: number, email: string): Promise<void> {
    await this.users.update({ id, email }, { emailConfirmedAt: new Date() });
  }

  async remove(id: number): Promise<void> {
    await this.users.delete({ id });
  }

  /** @returns null when nobody has this address */
  async changeRole(email: string, role: Role): Promise<User | null> {
    const user = await this.findByEmail(email);
    return user && this.users.save(Object.assign(user, { role }));
  }
}
