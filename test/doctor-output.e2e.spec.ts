import { expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { report } from '../browser-verdict/src/doctor/report.js';
import { ask, deploy, page, type Deployment } from './support/doctor.js';
import { blocksIn } from './support/markdown.js';
import { describeWithPrograms } from './support/programs.js';
import { terminalPicture } from './support/terminal-picture.js';

const setup = { location: 'if ($request_method = OPTIONS) { return 204; }' };
const api = 'https://api.example.com/posts';
const picture = 'docs/doctor.svg';
const title = 'npm run doctor, for a deployment whose nginx answers preflights itself: GET works, POST is blocked';

/** `npm run doctor` as a user starts it. */
async function runDoctor({ nginx }: Deployment): Promise<{ code: unknown; output: string }> {
  const directory = mkdtempSync(join(tmpdir(), 'doctor-'));
  const authority = join(directory, 'authority.pem');
  writeFileSync(authority, nginx.certificate);
  const resolve = `api.example.com:443:127.0.0.1:${String(nginx.port)}`;
  const args = ['run', '--silent', 'doctor', '--', page, api, '--ca', authority, '--resolve', resolve];
  try {
    return await new Promise((done) =>
      execFile('npm', args, (error, output) => done({ code: error?.code ?? 0, output })),
    );
  } finally {
    rmSync(directory, { recursive: true });
  }
}

/** `WRITE_DOCS=1 npm test -- doctor-output` writes the output and the picture. */
describeWithPrograms('nginx')('npm run doctor', () => {
  it('prints what README.md shows, as text and as a picture', async () => {
    const deployment = await deploy(setup);
    try {
      const examination = await ask(deployment, setup);
      const { code, output } = await runDoctor(deployment);
      expect([code, output]).toEqual([1, `${report(examination, { colors: false, verbose: false })}\n`]);
      const colored = report(examination, { colors: true, verbose: false });
      const drawn = terminalPicture(`npm run doctor -- ${page} ${api}`, colored, title);
      if (process.env.WRITE_DOCS !== undefined) {
        writeFileSync(picture, drawn);
        const readme = readFileSync('README.md', 'utf8');
        const block = /(?<=The same as text<\/summary>\n\n```text\n)[^`]*(?=```)/;
        writeFileSync(
          'README.md',
          readme.replace(block, () => output),
        );
      }
      expect(blocksIn(readFileSync('README.md', 'utf8'), 'text')[1]).toBe(output);
      expect(readFileSync(picture, 'utf8')).toBe(drawn);
    } finally {
      await deployment.stop();
    }
  });
});
