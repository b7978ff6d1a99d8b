import { ConfigurationError } from '../config/configuration.error.js';

/** That of the first socket that systemd passes to a service: `SD_LISTEN_FDS_START` of sd_listen_fds(3). */
const firstFileDescriptor = 3;

/**
 * The listening socket that systemd (`deploy/systemd/*.socket`) has opened for this process, and keeps open when the process
 * ends: connections that arrive during a restart wait in it, and are neither refused nor reset.
 *
 * @returns undefined when there is none: sd_listen_fds(3), "Notes"
 * @throws ConfigurationError when systemd passes several sockets
 */
export function activationSocket({ LISTEN_FDS, LISTEN_PID } = process.env): { fd: number } | undefined {
  if (LISTEN_FDS === undefined || LISTEN_PID !== String(process.pid)) return undefined;
  if (LISTEN_FDS !== '1')
    throw new ConfigurationError([`systemd passes ${LISTEN_FDS} sockets; give the .socket unit one ListenStream`]);
  return { fd: firstFileDescriptor };
}
