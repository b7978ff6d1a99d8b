/**
 * Linux ignores a signal for process 1, as in a container, while nothing handles it (pid_namespaces(7)): for as long as the
 * modules load and the database starts, `docker stop` would wait until it kills. `--import` loads this before all else.
 * As soon as something else handles the signal, this leaves it alone.
 */
const exitCodes = { SIGTERM: 143, SIGINT: 130 } as const;

if (process.pid === 1)
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.on(signal, () => {
      if (process.listenerCount(signal) === 1) process.exit(exitCodes[signal]);
    });
