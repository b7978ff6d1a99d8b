const says = 'The path exists, but does not support the method.';

/** @type {import('../step.js').Folder} */
export const unknownPathsAndMethods = {
  name: 'unknown paths and methods',
  description: 'Only requests in this folder may use a path or a method that the API does not have.',
  steps: [
    { name: 'GET an unknown path', sends: 'GET /lighthouses', status: 404, says: 'Nothing exists at this path.' },
    {
      name: 'GET an unknown path from the frontend',
      sends: 'GET /lighthouses',
      from: 'frontend',
      status: 404,
      says: 'The page can read the status 404.',
    },
    { name: 'DELETE /posts', sends: 'DELETE /posts', status: 405, allows: ['GET', 'HEAD', 'POST', 'OPTIONS'], says },
    {
      name: 'PUT /categories/1',
      sends: 'PUT /categories/1',
      status: 405,
      allows: ['GET', 'HEAD', 'PATCH', 'DELETE', 'OPTIONS'],
      says,
    },
    {
      name: 'GET /authentication/log-in',
      sends: 'GET /authentication/log-in',
      status: 405,
      allows: ['POST', 'OPTIONS'],
      says,
    },
    {
      name: 'POST /openapi.json',
      sends: 'POST /openapi.json',
      status: 405,
      allows: ['GET', 'HEAD', 'OPTIONS'],
      says,
    },
    { name: 'POST /docs', sends: 'POST /docs', status: 405, allows: ['GET', 'HEAD', 'OPTIONS'], says },
  ],
};
