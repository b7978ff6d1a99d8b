import { express, logIn, type Deployment } from './deployment.js';
import { page, type AppOptions } from './express.js';
import { logsOut, staysLoggedIn } from './uses.js';

export const cookies: Deployment[] = [
  {
    name: 'no SameSite, across sites',
    page: 'https://app.example.org',
    finds: 'SameSiteUnspecifiedTreatedAsLax',
    use: staysLoggedIn,
    options: { logIn },
    leaves: ['CrossSiteCookies', 'ThirdPartyBlocked'],
    start: express(
      { cors: { origin: ['https://app.example.org'] }, cookie: { httpOnly: true, secure: true } },
      {
        cors: { origin: ['https://app.example.org'] },
        cookie: { httpOnly: true, secure: true, sameSite: 'none', partitioned: true },
      },
    ),
  },
  {
    name: 'SameSite=Lax, across sites',
    page: 'https://app.example.org',
    finds: 'SameSiteLax',
    use: staysLoggedIn,
    options: { logIn },
    start: express({ cors: { origin: ['https://app.example.org'] } }),
    cured: { page },
  },
  {
    name: 'SameSite=None without Secure',
    finds: 'SameSiteNoneInsecure',
    use: staysLoggedIn,
    options: { logIn },
    start: express({ cookie: { httpOnly: true, sameSite: 'none' } }),
  },
  {
    name: 'a Domain of somebody else',
    finds: 'InvalidDomain',
    use: staysLoggedIn,
    options: { logIn },
    start: express({ cookie: { httpOnly: true, secure: true, sameSite: 'lax', domain: 'example.net' } }),
  },
  {
    name: 'a Path that covers the log-in alone',
    finds: 'CookieNotReturned',
    use: { ...staysLoggedIn, reason: 'NotOnPath' },
    options: { logIn },
    start: express({ cookie: { httpOnly: true, secure: true, sameSite: 'lax', path: '/log-in' } }),
  },
  {
    name: '__Host- with a path',
    finds: 'InvalidPrefix',
    use: staysLoggedIn,
    options: { logIn },
    start: express(
      { cookieName: '__Host-session', cookie: { httpOnly: true, secure: true, sameSite: 'lax', path: '/api' } },
      { cookieName: '__Host-session' },
    ),
  },
  {
    name: 'log-out without Partitioned',
    page: 'https://app.example.org',
    finds: 'LogOutLeavesCookie',
    use: logsOut,
    options: { logIn },
    leaves: ['CrossSiteCookies', 'ThirdPartyBlocked'],
    start: crossSite({ clear: { secure: true, sameSite: 'none' } }),
  },
  {
    name: 'log-out that clears nothing',
    finds: 'LogOutLeavesCookie',
    use: logsOut,
    options: { logIn },
    start: express({ clear: undefined }),
  },
  {
    name: 'http and https of one domain',
    page: 'http://app.example.com',
    finds: 'SchemefulSameSiteLax',
    use: staysLoggedIn,
    options: { logIn },
    start: express({ cors: { origin: ['http://app.example.com', page] } }, {}),
    cured: { page },
  },
];

function crossSite(broken: AppOptions): Deployment['start'] {
  const both: AppOptions = {
    cors: { origin: ['https://app.example.org'] },
    cookie: { httpOnly: true, secure: true, sameSite: 'none', partitioned: true },
  };
  return express({ ...both, ...broken }, both);
}
