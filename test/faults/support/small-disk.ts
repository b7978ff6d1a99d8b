import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own size, in memory, which a test may fill. To mount one takes root. */
export class SmallDisk {
  readonly path = mkdtempSync(join(tmpdir(), 'disk-'));
  private readonly filler = join(this.path, 'filler');

  constructor(megabytes: number) {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${String(megabytes)}m,mode=777`, 'tmpfs', this.path]);
  }

  fill(): void {
    const { bavail, bsize } = statfsSync(this.path);
    writeFileSync(this.filler, Buffer.alloc(bavail * bsize));
  }

  makeRoom(): void {
    rmSync(this.filler);
  }

  remove(): void {
    execFileSync('umount', ['--lazy', this.path]);
    rmSync(this.path, { recursive: true });
  }
}
