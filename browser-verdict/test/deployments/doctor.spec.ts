import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { existsSync } from 'node:fs';
import type { Examination } from '../../src/doctor/examine.js';
import { report } from '../../src/doctor/report.js';
import { ask } from './ask.js';
import { Authority } from './certificates.js';
import { deployments } from './deployments.js';

/** Without these programs the deployments are skipped; where everything has to be checked (CI) they fail. */
const areInstalled = ['/usr/sbin/nginx', '/usr/bin/openssl'].every((program) => existsSync(program));
const describeDeployments = areInstalled || process.env.CI !== undefined ? describe : describe.skip;

let authority: Authority;
beforeAll(() => {
  if (describeDeployments === describe) authority = new Authority();
});
afterAll(() => {
  if (describeDeployments === describe) authority.remove();
});

const codes = ({ findings }: Examination, isWanted: (severity: string) => boolean = () => true) =>
  findings.filter(({ severity }) => isWanted(severity)).map(({ code }) => code);

describeDeployments.each(deployments.map((deployment) => [deployment.name, deployment] as const))(
  '%s',
  (_, deployment) => {
    const { finds, severity = 'blocked', hint, leaves = [] } = deployment;

    test('is found, with its cause and a cure', async () => {
      const examination = await ask(deployment, authority, false);
      expect(codes(examination)).toContain(finds);
      const found = examination.findings.find(({ code }) => code === finds);
      expect([found?.severity, found?.cure]).toEqual([severity, expect.stringMatching(/\w/)]);
      if (hint)
        expect(
          examination.findings
            .filter(({ code }) => code === finds)
            .map((each) => each.hint)
            .join(),
        ).toMatch(hint);
      expect(examination.exitCode).toBe({ unreachable: 2, blocked: 1, danger: 1, warning: 0 }[severity]);
      const text = report(examination, { colors: false, verbose: true }) + JSON.stringify(examination.findings);
      expect(text).not.toMatch(/secret-value|secret-password/);
    });

    test('cured, it works in all browsers', async () => {
      const examination = await ask(deployment, authority, true);
      expect(codes(examination, (each) => each !== 'warning')).toEqual([]);
      expect(codes(examination)).not.toContain(finds);
      expect([...new Set(codes(examination))].filter((code) => !leaves.includes(code))).toEqual([]);
      expect(examination.exitCode).toBe(0);
    });
  },
);
