import { expect, it } from '@jest/globals';
import { activationSocket } from './socket-activation.js';

const LISTEN_PID = String(process.pid);

it('takes the one socket that systemd passes', () => {
  expect(activationSocket({ LISTEN_FDS: '1', LISTEN_PID })).toEqual({ fd: 3 });
});

it('takes no socket that was passed to another process, or none at all', () => {
  expect(activationSocket({ LISTEN_FDS: '1', LISTEN_PID: `${LISTEN_PID}1` })).toBeUndefined();
  expect(activationSocket({ LISTEN_FDS: '1' })).toBeUndefined();
  expect(activationSocket({})).toBeUndefined();
});

it('refuses several sockets, and says what to change', () => {
  expect(() => activationSocket({ LISTEN_FDS: '2', LISTEN_PID })).toThrow('give the .socket unit one ListenStream');
});
