import { examine, type Examination } from '../../src/doctor/examine.js';
import type { Authority } from './certificates.js';
import type { Deployment } from './deployment.js';
import { page as goodPage } from './express.js';

/** Starts a deployment, and asks the doctor about it. */
export async function ask(deployment: Deployment, authority: Authority, cured: boolean): Promise<Examination> {
  const running = await deployment.start(authority, cured);
  try {
    const { page = goodPage, api = 'https://api.example.com/posts' } = {
      ...deployment,
      ...(cured ? deployment.cured : {}),
    };
    const { host, port, protocol } = new URL(api);
    const resolve = {
      [`${host.replace(/:.*/, '')}:${port || (protocol === 'https:' ? '443' : '80')}`]: running.address,
    };
    return await examine(page, api, { ...deployment.options, resolve, ca: authority.certificate });
  } finally {
    await running.stop();
  }
}
