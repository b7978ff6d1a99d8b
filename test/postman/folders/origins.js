const fromAdded = { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'content-type' };

/** @type {import('../step.js').Folder} */
export const origins = {
  name: 'origins',
  description: 'Stored origins: their pages may call this API, like those of FRONTEND_URL. For admins.',
  fields: { origin: '{{addedOrigin}}', note: 'A preview' },
  steps: [
    {
      shows: 'GET /origins',
      as: 'admin',
      adminOnly: true,
      says: 'The origins of FRONTEND_URL have no id.',
      checks: {
        'has the origin of FRONTEND_URL, without an id': () => {
          const { count, items } = pm.response.json();
          pm.expect(count).to.equal(items.length);
          pm.expect(items.find(({ origin }) => origin === pm.variables.get('frontendUrl'))).to.include({ id: null });
        },
      },
    },
    {
      name: 'Preflight from an origin that is not allowed yet',
      sends: 'OPTIONS /posts',
      headers: { Origin: '{{addedOrigin}}', ...fromAdded },
      status: 403,
      says: 'An admin allows it in the next request.',
    },
    {
      shows: 'POST /origins',
      as: 'admin',
      adminOnly: true,
      says: 'It is allowed at once.',
      store: { originId: 'id', allowedOrigin: 'origin' },
    },
    {
      name: 'Preflight from the allowed origin',
      sends: 'OPTIONS /posts',
      headers: { Origin: '{{allowedOrigin}}', ...fromAdded },
      status: 204,
      says: 'It is allowed at once.',
    },
    {
      name: 'Allow an origin that is already stored',
      sends: 'POST /origins',
      as: 'admin',
      status: 409,
      says: 'An admin has added it before.',
    },
    {
      name: 'Allow an origin of FRONTEND_URL',
      sends: 'POST /origins',
      as: 'admin',
      body: { origin: '{{frontendUrl}}' },
      status: 409,
      says: 'It is already allowed.',
    },
    {
      name: 'Allow an origin with a slash at its end',
      sends: 'POST /origins',
      as: 'admin',
      body: { origin: '{{addedOrigin}}/' },
      status: 400,
      errors: ['origin'],
      detail: '{{addedOrigin}}',
      says: 'Browsers send an origin without a slash. The response contains the correct form.',
    },
    {
      name: 'Allow an origin on another site',
      sends: 'POST /origins',
      as: 'admin',
      body: { origin: 'https://app.example.com' },
      status: 422,
      detail: 'https',
      says: 'Browsers do not send SameSite=Lax cookies from there.',
    },
    {
      shows: 'DELETE /origins/{id}',
      as: 'admin',
      adminOnly: true,
      says: 'It is refused at once.',
      after: () => pm.collectionVariables.set('allowedOrigin', ''),
    },
    {
      name: 'Preflight from the removed origin',
      sends: 'OPTIONS /posts',
      headers: { Origin: '{{addedOrigin}}', ...fromAdded },
      status: 403,
      says: 'It is no longer allowed.',
    },
  ],
};
