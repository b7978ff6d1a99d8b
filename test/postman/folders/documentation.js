/** @type {import('../step.js').Folder} */
export const documentation = {
  name: 'documentation',
  description: 'The OpenAPI document and Swagger UI.',
  steps: [
    {
      name: 'Read the OpenAPI document',
      sends: 'GET /openapi.json',
      status: 200,
      says: 'It describes every operation in this collection, which is generated from it.',
      checks: {
        'is OpenAPI 3.1': () => {
          const document = pm.response.json();
          pm.expect(document.openapi).to.match(/^3\.1\./);
          pm.expect(document.paths).to.include.keys('/authentication/log-in', '/posts/{id}', '/health/live');
        },
      },
    },
    {
      name: 'Read the OpenAPI document as HTML',
      sends: 'GET /openapi.json',
      headers: { Accept: 'text/html' },
      status: 406,
      says: 'The document is JSON. For HTML, open /docs.',
    },
    {
      name: 'Open Swagger UI',
      sends: 'GET /docs',
      status: 200,
      says: 'An HTML page whose Content-Security-Policy allows its scripts.',
      checks: {
        'is an HTML page': () => {
          pm.expect(pm.response.headers.get('Content-Type')).to.match(/^text\/html/);
          pm.expect(pm.response.headers.get('Content-Security-Policy')).to.include("script-src 'self'");
          pm.expect(pm.response.text()).to.include('swagger-ui');
        },
      },
    },
  ],
};
