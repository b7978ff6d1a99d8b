import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Process } from '../../support/process.js';

/**
 * The development server of Vite with this configuration, and an empty page, at `http://localhost:5173`.
 * @returns a function that ends it
 */
export async function startVite(config: string): Promise<() => Promise<void>> {
  const directory = await mkdtemp(join(tmpdir(), 'vite-'));
  await mkdir(join(directory, 'node_modules'));
  await symlink(resolve('node_modules/vite'), join(directory, 'node_modules/vite'));
  await writeFile(join(directory, 'vite.config.ts'), config);
  await writeFile(join(directory, 'index.html'), '<!doctype html><html lang="en"><title>A page</title></html>');
  const vite = new Process(resolve('node_modules/vite/bin/vite.js'), {}, { args: ['--strictPort'], cwd: directory });
  await vite.until(() => fetch('http://localhost:5173').then(({ ok }) => ok).catch(() => false)); // prettier-ignore
  return async () => {
    await vite.end('SIGTERM');
    await rm(directory, { recursive: true });
  };
}
