import { afterAll, beforeAll, describe } from '@jest/globals';
import { portsTimeoutMs } from '../environment/ports.js';
import type { TestEnvironment } from '../environment/test-environment.js';
import { inEveryBrowser, type TestContext } from './in-every-browser.js';
import { dropsCookies } from './simulated-cookies.js';

/** The origin of the page, and an environment with the API. */
export interface Deployment {
  name: string;
  pageUrl: string;
  start: () => Promise<TestEnvironment>;
}

interface DeploymentContext extends TestContext {
  pageUrl: string;
  apiUrl: string;
  /** Whether this browser drops the cookies of the API. */
  dropsCookies: boolean;
}

/** Runs the same test with each deployment, in every browser. */
export function inEveryDeployment(
  deployments: Deployment[],
  title: string,
  test: (context: DeploymentContext) => Promise<void>,
): void {
  describe.each(deployments)('$name', ({ pageUrl, start }) => {
    let environment: TestEnvironment;
    beforeAll(async () => {
      environment = await start();
    }, portsTimeoutMs);
    afterAll(() => environment.close());

    inEveryBrowser(
      () => environment,
      (it) =>
        it(title, (context) => {
          const { apiUrl } = environment;
          return test({ ...context, pageUrl, apiUrl, dropsCookies: dropsCookies(apiUrl, pageUrl, context.browser) });
        }),
    );
  });
}
