/** @type {import('../step.js').Folder} */
export const rateLimits = {
  name: 'rate limits',
  description:
    'An e-mail address has ten attempts to log in, then no more for a while (LOG_IN_ATTEMPTS). Last, because these requests do not wait for the limit of /authentication.',
  steps: [
    {
      name: 'Log in for the eleventh time with a wrong password',
      sends: 'POST /authentication/log-in',
      as: 'nobody',
      body: { email: 'limit-{{run}}@example.com', password: 'wrong horse battery' },
      status: 429,
      type: 'too-many-requests',
      says: 'A script sends ten wrong passwords before this request, for an address that only this run uses.',
      before: () => {
        const body = { mode: 'raw', raw: pm.variables.replaceIn(pm.request.body.raw) };
        const url = pm.variables.replaceIn('{{baseUrl}}/authentication/log-in');
        const header = { 'Content-Type': 'application/json' };
        const attempt = (left) => {
          if (left > 0) pm.sendRequest({ url, method: 'POST', header, body }, () => attempt(left - 1));
        };
        attempt(10);
      },
      checks: {
        'says when to try again, and the limit': () => {
          pm.expect(Number(pm.response.headers.get('Retry-After'))).to.be.within(1, 900);
          pm.expect(pm.response.headers.get('RateLimit-Policy')).to.match(/^"log-in";q=\d+;w=900$/);
        },
      },
    },
  ],
};
