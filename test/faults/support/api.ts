import { ApiProcess } from '../../support/process.js';
import type { HeldSocket } from '../../support/held-socket.js';

/** For load: what limits one client is out of the way. */
export const environment = {
  LOG_LEVEL: 'fatal',
  AUTHENTICATION_REQUESTS: '1000000',
  PASSWORD_REQUESTS: '1000000',
  WRITE_QUOTA: '1000000',
  JWT_SECRET: 'the secret of the tests of faults: 0123456789',
};

export const startInstance = (given: Record<string, string | undefined>, socket?: HeldSocket) =>
  ApiProcess.start({ ...environment, ...given }, { socket: socket?.fd });

/** Whether an instance has said, so many times, that it uses Redis. It says so with `LOG_LEVEL=log`. */
export const sharesLimits = ({ output }: ApiProcess, times: number) =>
  output.split('The limits are shared through Redis').length > times;
