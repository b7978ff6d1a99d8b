/** As a browser asks for a page. @param {string} origin @param {string} method */
const preflight = (origin, method, header = 'content-type') => ({
  Origin: origin,
  'Access-Control-Request-Method': method,
  'Access-Control-Request-Headers': header,
});

const frontend = '{{frontendUrl}}';
const evil = 'https://evil.example';

/** @type {import('../step.js').Folder} */
export const crossOrigin = {
  name: 'cross-origin',
  description: 'Preflights, and which responses a page on another origin can read.',
  steps: [
    {
      name: 'Preflight for a log-in',
      sends: 'OPTIONS /authentication/log-in',
      headers: preflight(frontend, 'POST'),
      status: 204,
      allows: ['POST'],
      says: 'As a browser sends it for a page of the frontend.',
    },
    {
      name: 'Preflight for a list',
      sends: 'OPTIONS /posts',
      headers: preflight(frontend, 'POST'),
      status: 204,
      allows: ['GET', 'HEAD', 'POST'],
      says: 'As a browser sends it for a page of the frontend.',
    },
    {
      name: 'Preflight for a single item',
      sends: 'OPTIONS /posts/1',
      headers: preflight(frontend, 'PATCH'),
      status: 204,
      allows: ['GET', 'HEAD', 'PATCH', 'PUT', 'DELETE'],
      says: 'As a browser sends it for a page of the frontend.',
    },
    {
      name: 'Preflight from an origin that is not allowed',
      sends: 'OPTIONS /posts',
      headers: preflight(evil, 'POST'),
      status: 403,
      says: 'The origin is not in FRONTEND_URL.',
    },
    {
      name: 'Preflight from the origin null',
      sends: 'OPTIONS /posts',
      headers: preflight('null', 'POST'),
      status: 403,
      says: 'A sandboxed frame or a local file has this origin.',
    },
    {
      name: 'Preflight for a method that the path does not support',
      sends: 'OPTIONS /categories/1',
      headers: preflight(frontend, 'PUT'),
      status: 403,
      says: 'Categories have no PUT.',
    },
    {
      name: 'Preflight for a header that is not allowed',
      sends: 'OPTIONS /posts',
      headers: preflight(frontend, 'POST', 'x-unknown'),
      status: 204,
      checks: {
        'has the usual headers without this one, so that the browser names it': () =>
          pm.expect(pm.response.headers.get('Access-Control-Allow-Headers').toLowerCase()).not.to.include('x-unknown'),
      },
      says: 'A browser compares the list with what the page sends. CORS_ALLOWED_HEADERS adds to it.',
    },
    {
      name: 'Preflight for the health from any origin',
      sends: 'OPTIONS /health/ready',
      headers: preflight('https://status.example', 'GET'),
      status: 204,
      says: 'Every origin may read the health, without credentials.',
    },
    {
      name: 'OPTIONS without a preflight',
      sends: 'OPTIONS /categories/1',
      status: 204,
      allows: ['GET', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      says: 'The response lists the methods of the path.',
    },
    { name: 'Read from the frontend', sends: 'GET /authentication', from: 'frontend', says: 'With the cookie.' },
    {
      name: 'Read an error from the frontend',
      sends: 'GET /authentication',
      as: 'nobody',
      from: 'frontend',
      status: 401,
      says: 'Without the CORS headers, the page would see only a network error.',
    },
    {
      name: 'Create a post from the frontend',
      sends: 'POST /posts',
      from: 'frontend',
      store: { postId: 'id' },
      says: 'A page on another origin of the same site.',
    },
    {
      name: 'Delete a post from the frontend',
      sends: 'DELETE /posts/{id}',
      from: 'frontend',
      says: 'The post that was just created.',
    },
    {
      name: 'Read from a page on another origin',
      sends: 'GET /posts',
      from: 'another origin',
      says: 'The API responds, but without CORS headers, so the browser hides the response from the page.',
    },
    {
      name: 'Submit a form from a page on another origin',
      sends: 'POST /posts',
      from: 'another origin',
      headers: { 'Content-Type': 'text/plain' },
      raw: '{"title":"Forged","content":"As text"}',
      status: 403,
      says: 'text/plain needs no preflight. The API refuses the request because of its origin, before it looks at the content type.',
    },
    {
      name: 'Log out from a page on another origin, in an old browser',
      sends: 'POST /authentication/log-out',
      headers: { Origin: evil },
      status: 403,
      says: 'An old browser sends no Sec-Fetch-Site, so only the Origin is checked.',
    },
    {
      name: 'Log out from another site, without an Origin',
      sends: 'POST /authentication/log-out',
      headers: { 'Sec-Fetch-Site': 'cross-site' },
      status: 403,
      says: 'A cross-site request without an Origin is refused.',
    },
    { name: 'Read the current user afterwards', sends: 'GET /authentication', says: 'The session has not changed.' },
  ],
};
