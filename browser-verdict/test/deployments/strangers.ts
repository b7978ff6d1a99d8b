import { express, logIn, type Deployment } from './deployment.js';
import { page } from './express.js';
import { isLoggedInBy, isRead } from './uses.js';

export const strangers: Deployment[] = [
  {
    name: 'an origin reflected',
    finds: 'OriginReflected',
    use: isRead({ from: 'https://evil.example.net' }),
    severity: 'danger',
    start: express({ cors: { origin: true } }),
  },
  {
    name: 'a pattern without ^',
    finds: 'LookAlikeOriginAllowed',
    use: isRead({ from: 'https://evil-example.com' }),
    severity: 'danger',
    start: express({ cors: { origin: /example\.com$/ } }),
  },
  {
    name: 'a pattern without $',
    finds: 'LookAlikeOriginAllowed',
    use: isRead({ from: `${page}.evil.example.net` }),
    severity: 'danger',
    start: express({ cors: { origin: /^https:\/\/app\.example\.com/ } }),
  },
  {
    name: 'null on the list',
    finds: 'NullOriginAllowed',
    use: isRead({ by: 'sandboxed frame' }),
    severity: 'danger',
    start: express({ cors: { origin: [page, 'null'] } }),
  },
  {
    name: 'http on the list',
    finds: 'PlainHttpOriginAllowed',
    use: isRead({ from: 'http://app.example.com' }),
    severity: 'danger',
    start: express({ cors: { origin: [page, 'http://app.example.com'] } }),
  },
  {
    name: 'a log-in by a foreign form',
    finds: 'ForeignFormAccepted',
    use: isLoggedInBy('https://evil.example.net'),
    severity: 'danger',
    options: { logIn },
    start: express({ laxLogIn: true }),
  },
];
