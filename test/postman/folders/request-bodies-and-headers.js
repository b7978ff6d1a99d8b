/** @type {import('../step.js').Folder} */
export const requestBodiesAndHeaders = {
  name: 'request bodies and headers',
  description: 'Rules for every route.',
  steps: [
    {
      name: 'Send a body that is not JSON',
      sends: 'POST /posts',
      headers: { 'Content-Type': 'text/plain' },
      raw: 'title=Hello',
      status: 415,
      says: 'A page on another origin can send forms and plain text without a preflight.',
    },
    {
      name: 'Send invalid JSON',
      sends: 'POST /posts',
      raw: '{"title": "Hello"',
      status: 400,
      checks: { 'does not repeat the body': () => pm.expect(pm.response.text()).not.to.include('Hello') },
      says: 'The response does not repeat the body.',
    },
    {
      name: 'Send an array instead of an object',
      sends: 'POST /posts',
      raw: '[]',
      status: 400,
      says: 'It is JSON, but does not match the schema.',
    },
    {
      name: 'Send a body that is too large',
      sends: 'POST /posts',
      body: { title: 'Large', content: '{{largeText}}' },
      status: 413,
      says: 'More than 1 MiB.',
      before: () => pm.variables.set('largeText', 'x'.repeat(1_100_000)),
    },
    {
      name: 'Ask for another format',
      sends: 'GET /posts',
      headers: { Accept: 'application/xml' },
      status: 406,
      says: 'The API responds only with application/json.',
    },
    {
      name: 'Send a request id',
      sends: 'GET /posts',
      query: 'limit=1',
      headers: { 'X-Request-Id': '{{run}}' },
      checks: {
        'has the same request id': () =>
          pm.expect(pm.response.headers.get('X-Request-Id')).to.equal(pm.variables.get('run')),
      },
      says: 'The API uses it in its log, so a request can be found in several logs.',
    },
    {
      name: 'Send an invalid request id',
      sends: 'GET /posts',
      query: 'limit=1',
      headers: { 'X-Request-Id': 'LOG all is well' },
      checks: {
        'has a new request id': () => pm.expect(pm.response.headers.get('X-Request-Id')).not.to.include('well'),
      },
      says: 'Some characters, for example spaces, could forge log lines. The API creates a new id.',
    },
  ],
};
