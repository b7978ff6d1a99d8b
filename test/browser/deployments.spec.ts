import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Authority } from '../../browser-verdict/test/deployments/certificates.js';
import type { Deployment } from '../../browser-verdict/test/deployments/deployment.js';
import { deployments } from '../../browser-verdict/test/deployments/deployments.js';
import { page as goodPage } from '../../browser-verdict/test/deployments/express.js';
import { opposite } from '../../browser-verdict/test/deployments/uses.js';
import { launchChromiumWithAuthority } from './browsers/chromium-with-authority.js';
import { DeploymentHosts } from './environment/deployment-hosts.js';
import { comparable } from './support/blocked-reasons.js';
import { perform } from './support/deployment-use.js';

let authority: Authority;
let chromium: Awaited<ReturnType<typeof launchChromiumWithAuthority>>;
beforeAll(async () => {
  authority = new Authority();
  chromium = await launchChromiumWithAuthority(authority.certificate);
});
afterAll(async () => {
  await chromium.close();
  authority.remove();
});

async function use(deployment: Deployment, cured: boolean, reason: string | null = null) {
  const place = { page: goodPage, api: 'https://api.example.com/posts', ...deployment, ...(cured && deployment.cured) };
  const pages = [place.page, ...deployment.use.acts.map(({ from }) => from ?? place.page)];
  const certificate = authority.issue({ names: [...new Set(pages.map((page) => new URL(page).hostname))] });
  const running = await deployment.start(authority, cured);
  const hosts = await DeploymentHosts.start(running.address, certificate);
  try {
    return await perform(chromium.browser, deployment.use, { ...place, proxyPort: hosts.proxyPort }, reason);
  } finally {
    await hosts.close();
    await running.stop();
  }
}

/** The same deployments of which `browser-verdict/test/deployments/doctor.spec.ts` asks the doctor. */
describe.each(deployments.map((deployment) => [deployment.name, deployment] as const))('%s', (_, deployment) => {
  const { ends } = deployment.use;
  const reason = deployment.use.reason === undefined ? comparable(deployment.finds) : deployment.use.reason;

  it('fails in Chromium, for the reason that the doctor gives', async () => {
    const { ending, reasons } = await use(deployment, false, reason);
    expect(ending).toBe(opposite[ends]);
    if (reason !== null) expect(reasons).toContain(reason);
  });

  it('cured, works in Chromium', async () => {
    const { ending, status = 0 } = await use(deployment, true);
    expect(ending).toBe(ends);
    expect(status).toBeLessThan(500);
  });
});
