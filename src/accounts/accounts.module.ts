import { Module } from '@nestjs/common';
import { AuthenticationModule } from '../authentication/authentication.module.js';
import { MailModule } from '../mail/mail.module.js';
import { UsersModule } from '../users/users.module.js';
import { AccountLinksController } from './account-links.controller.js';
import { AccountLinksService } from './account-links.service.js';
import { AccountMailsService } from './account-mails.service.js';
import { AccountsController } from './accounts.controller.js';
import { AccountsService } from './accounts.service.js';
import { ExpiredRowsService } from './expired-rows.service.js';
import { MailTokensService } from './mail-tokens.service.js';
import { PersonalAccessTokensController } from './personal-access-tokens.controller.js';

@Module({
  imports: [UsersModule, AuthenticationModule, MailModule],
  controllers: [AccountsController, AccountLinksController, PersonalAccessTokensController],
  providers: [AccountLinksService, AccountMailsService, AccountsService, ExpiredRowsService, MailTokensService],
  exports: [AccountsService],
})
export class AccountsModule {}
