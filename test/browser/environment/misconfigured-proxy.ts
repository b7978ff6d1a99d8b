import type { OutgoingHttpHeaders, RequestListener } from 'node:http';

const corsHeaders = (origin: string): OutgoingHttpHeaders => ({
  'Access-Control-Allow-Origin': origin,
  'Access-Control-Allow-Credentials': 'true',
  'Access-Control-Allow-Headers': 'Content-Type',
});

/** A proxy in front of an API that changes its responses in common wrong ways, one at each path. */
export const misconfiguredProxy: RequestListener = ({ url = '', headers }, response) => {
  const origin = headers.origin ?? '';
  const responses: Record<string, [status: number, headers: OutgoingHttpHeaders]> = {
    '/duplicate-headers': [200, { ...corsHeaders(origin), 'Access-Control-Allow-Origin': [origin, origin] }],
    '/error-page': [502, {}],
    '/error': [502, corsHeaders(origin)],
    '/redirect': [301, { ...corsHeaders(origin), Location: '/redirect/' }],
    '/no-credentials': [200, { 'Access-Control-Allow-Origin': origin }],
    '/slash': [200, corsHeaders(`${origin}/`)],
    '/lax': [200, { ...corsHeaders(origin), 'Set-Cookie': 'a=1; HttpOnly; Secure; SameSite=Lax' }],
    '/insecure': [200, { ...corsHeaders(origin), 'Set-Cookie': 'a=1; HttpOnly; SameSite=None' }],
  };
  const [status, responseHeaders] = responses[url] ?? [404, {}];
  response.writeHead(status, responseHeaders).end();
};
