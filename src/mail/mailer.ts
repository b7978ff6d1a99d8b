import { Injectable, Logger, ServiceUnavailableException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createTransport, type Transporter } from 'nodemailer';
import type { Environment } from '../config/environment.schema.js';

/** Sends through `SMTP_URL`. Without it development prints the mail to the log, and production refuses. */
@Injectable()
export class Mailer {
  private readonly logger = new Logger('Mail');
  private readonly transport?: Transporter;
  private readonly from: string;
  private readonly isProduction: boolean;

  constructor(config: ConfigService<Environment, true>) {
    const url = config.get('SMTP_URL', { infer: true });
    this.from = config.get('MAIL_FROM', { infer: true });
    this.isProduction = config.get('NODE_ENV', { infer: true }) === 'production';
    if (url !== undefined) this.transport = createTransport({ url, connectionTimeout: 10_000, socketTimeout: 10_000 });
    else if (this.isProduction)
      this.logger.warn('SMTP_URL is not set: passwords cannot be reset, addresses not confirmed');
  }

  /** @throws ServiceUnavailableException before anything is looked up, so that it says nothing about any account */
  assertReady(): void {
    if (this.transport === undefined && this.isProduction)
      throw new ServiceUnavailableException('This API has no mail server, so it cannot send you a link.');
  }

  /** Does not wait for the mail server: how long it takes would tell whether the account exists. */
  send(to: string, subject: string, text: string): void {
    if (this.transport === undefined) {
      if (!this.isProduction) this.logger.log(`To ${to}: ${subject}\n${text}`);
      return;
    }
    this.transport
      .sendMail({ from: this.from, to, subject, text })
      .catch((error: unknown) => this.logger.error(`A mail was not sent: ${String(error)}`));
  }
}
