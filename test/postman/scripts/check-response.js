// Checks every response of the API, but not those of the mailbox.
const { code, headers } = pm.response;
const { method, url } = pm.request;
const path = url.getPath();
const isApi = url.toString().startsWith(pm.variables.get('baseUrl'));
const isPreflight = method === 'OPTIONS' && pm.request.headers.has('Access-Control-Request-Method');
const isUnsafe = !['GET', 'HEAD', 'OPTIONS'].includes(method);
const text = pm.response.text();
const isJson = /^application\/(problem\+)?json/.test(headers.get('Content-Type'));
const json = isJson ? pm.response.json() : undefined;

if (isApi && method !== 'OPTIONS') {
  pm.test('has a request id, and the headers of every response', () => {
    pm.expect(headers.get('X-Request-Id')).to.match(/^[\w.:-]{1,128}$/);
    pm.expect(headers.get('Vary')).to.match(/\bOrigin\b/);
    pm.expect(headers.get('X-Content-Type-Options')).to.equal('nosniff');
    pm.expect(headers.has('X-Powered-By')).to.equal(false);
  });

  const isPage = /^text\/html/.test(headers.get('Content-Type'));
  if (code >= 400) {
    pm.test('is a problem document', () => {
      pm.expect(headers.get('Content-Type')).to.match(/^application\/problem\+json/);
      pm.expect(headers.get('Cache-Control')).to.equal('private, no-store');
      pm.expect(json).to.include({ status: code, instance: path, requestId: headers.get('X-Request-Id') });
      for (const key of ['type', 'title', 'detail']) pm.expect(json[key]).to.be.a('string').that.is.not.empty;
    });
  } else if (code === 204 || code === 304) {
    pm.test('has no body', () => pm.expect(text).to.equal(''));
  } else if (!isPage) {
    pm.test('is JSON', () => pm.expect(headers.get('Content-Type')).to.match(/^application\/json/));
  }

  if (!isPage && !/openapi/.test(path)) {
    pm.test('contains no password', () => pm.expect(text).not.to.match(/"password\w*":|\$2[aby]\$/i));
  }

  if (Array.isArray(json?.items)) {
    pm.test('has at most as many items as it counts', () => pm.expect(json.count).to.be.at.least(json.items.length));
  }
}

// What was sent, where the response has a field of the same name.
const sent = /json/.test(pm.request.headers.get('Content-Type')) && code < 300 ? pm.request.body?.raw : undefined;
const same = Object.entries(isApi && sent && json ? JSON.parse(sent) : {}).filter(([key]) => key in json);
if (same.length > 0) {
  pm.test('has the values that were sent', () => pm.expect(json).to.deep.include(Object.fromEntries(same)));
}

const cookies = headers.filter(({ key }) => key === 'Set-Cookie').map(({ value }) => value);
if (cookies.length > 0) {
  pm.test('sets or clears two HttpOnly cookies, for this host alone', () => {
    pm.expect(cookies).to.have.lengthOf(2);
    for (const cookie of cookies) {
      pm.expect(cookie)
        .to.match(/; HttpOnly/)
        .and.match(/; SameSite=Lax/)
        .and.match(/; Path=\/(;|$)/);
      pm.expect(cookie).not.to.match(/; Domain=/);
      pm.expect(cookie).to.match(/; Max-Age=\d{5,}|^[\w-]+=;.*; Expires=Thu, 01 Jan 1970/);
    }
  });
}

const origin = pm.request.headers.get('Origin');
const allowOrigin = headers.get('Access-Control-Allow-Origin');
const allowCredentials = headers.get('Access-Control-Allow-Credentials');
if (isApi && /^\/(health\/|openapi\.json)/.test(path) && code < 400) {
  pm.test('can be read by pages of every origin, without credentials', () => {
    pm.expect(allowOrigin).to.equal('*');
    pm.expect(allowCredentials).to.equal(undefined);
  });
} else if (origin && ![pm.variables.get('frontendUrl'), pm.variables.get('allowedOrigin')].includes(origin)) {
  pm.test('cannot be read by pages of this origin, and sets no cookies', () => {
    pm.expect(allowOrigin).to.equal(undefined);
    pm.expect(cookies).to.have.lengthOf(0);
    if (isUnsafe) pm.expect(json.type).to.equal('urn:problem:cross-origin-request-refused');
    if (isPreflight) pm.expect(json.type).to.equal('urn:problem:preflight-refused');
  });
} else if (origin && isPreflight && code === 403) {
  pm.test('tells the page nothing', () => {
    pm.expect(allowOrigin).to.equal(undefined);
    pm.expect(json.type).to.equal('urn:problem:preflight-refused');
  });
} else if (origin) {
  pm.test('can be read by pages of this origin, with credentials', () => {
    pm.expect(allowOrigin).to.equal(origin);
    pm.expect(allowCredentials).to.equal('true');
    pm.expect(headers.get('Vary')).to.match(/\bOrigin\b/);
    for (const name of isPreflight ? [] : ['ETag', 'Link', 'Location', 'RateLimit', 'Retry-After', 'X-Request-Id'])
      pm.expect(headers.get('Access-Control-Expose-Headers')).to.include(name);
  });
}
if (isPreflight && code === 204) {
  pm.test('tells the browser for two hours what is allowed', () => {
    pm.expect(headers.get('Access-Control-Allow-Methods')).to.include(
      pm.request.headers.get('Access-Control-Request-Method'),
    );
    pm.expect(headers.get('Access-Control-Allow-Headers')).to.match(/content-type/i);
    pm.expect(headers.get('Access-Control-Max-Age')).to.equal('7200');
  });
}

const [, left, seconds] = /r=(\d+);t=(\d+)/.exec(headers.get('RateLimit')) ?? [];
if (left !== undefined) {
  const limit = { remaining: Number(left), until: Date.now() + Number(seconds) * 1000 };
  pm.collectionVariables.set('limit', JSON.stringify(limit));
}

// Compares each success with what /openapi.json says.
const sentTo = `${method} ${path} ${code}`;
const described = Object.keys(responses).find((name) =>
  new RegExp(`^${name.replace(/\{\w+\}/g, '[^/]+')}$`).test(sentTo),
);
if (isApi && described !== undefined) {
  const { schema, headers: documentedHeaders } = responses[described];
  pm.test(`is what the OpenAPI document says of ${described}`, () => {
    pm.response.to.have.jsonSchema({ ...schema, components });
    for (const name of documentedHeaders) pm.expect(headers.has(name), name).to.equal(true);
  });
}
if (code === 201 && headers.has('Location')) {
  pm.test('has the path of the new item in Location', () => {
    pm.expect(headers.get('Location')).to.equal(`${path}/${json.id}`);
  });
}
