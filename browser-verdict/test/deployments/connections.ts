import { names, type Deployment } from './deployment.js';
import { app } from './express.js';
import { serve } from './running.js';
import { reads } from './uses.js';

export const connections: Deployment[] = [
  {
    name: 'an expired certificate',
    finds: 'CertificateExpired',
    use: { ...reads, reason: 'net::ERR_CERT_DATE_INVALID' },
    severity: 'unreachable',
    start: (authority, cured) => serve(app(), authority.issue({ names, expired: !cured })),
  },
  {
    name: 'a certificate for another name',
    finds: 'CertificateWrongName',
    use: { ...reads, reason: 'net::ERR_CERT_COMMON_NAME_INVALID' },
    severity: 'unreachable',
    start: (authority, cured) => serve(app(), authority.issue({ names: cured ? names : ['www.example.com'] })),
  },
  {
    name: 'a self-signed certificate',
    finds: 'CertificateSelfSigned',
    use: { ...reads, reason: 'net::ERR_CERT_AUTHORITY_INVALID' },
    severity: 'unreachable',
    start: (authority, cured) => serve(app(), authority.issue({ names, selfSigned: !cured })),
  },
  {
    name: 'a page over https, an API over http',
    api: 'http://api.example.com/posts',
    finds: 'mixed-content',
    use: reads,
    start: (authority, cured) => serve(app(), cured ? authority.issue({ names }) : undefined),
    cured: { api: 'https://api.example.com/posts' },
  },
];
