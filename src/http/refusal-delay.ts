import { setTimeout as delay } from 'node:timers/promises';

const refusalDelayMs = 500;

/** Fifty connections that are refused at once send thousands of requests a second; with this delay, a hundred. */
export const refusalDelay = () => delay(refusalDelayMs);
