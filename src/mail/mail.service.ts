import { Injectable, Logger, ServiceUnavailableException } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';
import { createTransport, type Transporter } from 'nodemailer';
import type { Environment } from '../config/environment.schema.js';

export interface Mail {
  to: string;
  subject: string;
  text: string;
}

const timeoutMs = 10_000;

/** Sends mail through `SMTP_URL`. Without it development writes the mail to the log, and production refuses. */
@Injectable()
export class MailService {
  private readonly logger = new Logger('Mail');
  private readonly transport?: Transporter;
  private readonly from: string;
  private readonly isProduction: boolean;

  constructor(config: ConfigService<Environment, true>) {
    const url = config.get('SMTP_URL', { infer: true });
    this.from = config.get('MAIL_FROM', { infer: true });
    this.isProduction = config.get('NODE_ENV', { infer: true }) === 'production';
    if (url !== undefined)
      this.transport = createTransport({ url, connectionTimeout: timeoutMs, socketTimeout: timeoutMs });
  }

  /** @throws ServiceUnavailableException before any account is looked up, so that it tells nothing about one */
  assertAvailable(): void {
    if (this.transport === undefined && this.isProduction)
      throw new ServiceUnavailableException('This API has no mail server, so it cannot send you a link.');
  }

  /** Does not wait for the mail server: how long it takes would tell whether the account exists. */
  send({ to, subject, text }: Mail): void {
    if (this.transport === undefined) {
      if (!this.isProduction) this.logger.log(`To ${to}: ${subject}\n${text}`);
      return;
    }
    this.transport
      .sendMail({ from: this.from, to, subject, text })
      .catch((error: unknown) => this.logger.error(`A mail was not sent: ${String(error)}`));
  }
}
