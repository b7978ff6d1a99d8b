const ok = {
  has: { status: 'ok' },
  checks: {
    'is kept by no cache': () => pm.expect(pm.response.headers.get('Cache-Control')).to.equal('private, no-store'),
  },
};

/** @type {import('../step.js').Folder} */
export const health = {
  name: 'health',
  steps: [
    { shows: 'GET /health/live', ...ok },
    { shows: 'GET /health/ready', ...ok },
  ],
};
