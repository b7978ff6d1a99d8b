import { expect } from '@jest/globals';
import { startLocalTestEnvironment, startTestEnvironment } from './environment/test-environment.js';
import { fetchFromPage, registerAndLogIn } from './support/fetch-from-page.js';
import { inEveryDeployment, type Deployment } from './support/in-every-deployment.js';
import { completeUserJourney } from './support/user-journey.js';

const startFor = (pageUrl: string, apiHost: string) => () =>
  startTestEnvironment([new URL(pageUrl).host], { apiHost, variables: { FRONTEND_URL: pageUrl } });

const deployments: Deployment[] = [
  {
    name: 'on localhost, over http',
    pageUrl: 'http://localhost:5173',
    start: startLocalTestEnvironment,
  },
  {
    name: 'on the same site',
    pageUrl: 'https://app.example.com',
    start: startFor('https://app.example.com', 'api.example.com'),
  },
  {
    name: 'on the same site, under a suffix that is not public',
    pageUrl: 'https://app.example.test',
    start: startFor('https://app.example.test', 'api.example.test'),
  },
  {
    name: 'cross-site',
    pageUrl: 'https://app.example.org',
    start: startFor('https://app.example.org', 'api.example.com'),
  },
];

inEveryDeployment(
  deployments,
  'a user registers, logs in, writes and logs out, unless the browser drops the cookies',
  async ({ open, pageUrl, apiUrl, dropsCookies }) => {
    const page = await open(pageUrl);
    if (!dropsCookies) return completeUserJourney(page, apiUrl);
    expect(await registerAndLogIn(page, apiUrl)).toMatchObject({ status: 200 });
    expect(await fetchFromPage(page, `${apiUrl}/authentication`)).toMatchObject({ status: 401 });
  },
);
