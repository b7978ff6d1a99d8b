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

  /** @returns false when nobody has this address */
  async changeRole(email: string, role: Role): Promise<boolean> {
    const { affected } = await this.users
      .createQueryBuilder()
      .update({ role })
      .where('lower(email) = lower(:email)', { email })
      .execute();
    return affected === 1;
  }
}
