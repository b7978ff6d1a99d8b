/** For a demo only: all accounts have the same password. */
export const password = 'correct horse battery';

export const people = [
  { email: 'ada@example.com', name: 'Ada Moreau' },
  { email: 'tomas@example.com', name: 'Tomás Herrera' },
  { email: 'yuki@example.com', name: 'Yuki Tanaka' },
] as const;

export const admin = { email: 'admin@example.com', name: 'Robin Becker' };

export type PersonEmail = (typeof people)[number]['email'];
