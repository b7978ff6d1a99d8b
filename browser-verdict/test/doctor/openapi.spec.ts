import { expect, test } from '@jest/globals';
import { operationsOf } from '../../src/doctor/openapi.js';

const body = { requestBody: { content: {} } };
const paths = {
  '/posts': { get: {}, post: body },
  '/posts/{id}': { patch: body, delete: {}, parameters: [] },
  '/log-out': { post: {} },
};

test('lists the operations that need a preflight: of others nothing is known, because they are not sent', () => {
  const document = JSON.stringify({ paths, servers: [{ url: '/v1/' }] });
  expect(operationsOf(document, 'https://api.example.com/v1/posts')).toEqual([
    { method: 'POST', url: 'https://api.example.com/v1/posts', headers: ['Content-Type'] },
    { method: 'DELETE', url: 'https://api.example.com/v1/posts/1', headers: [] },
    { method: 'PATCH', url: 'https://api.example.com/v1/posts/1', headers: ['Content-Type'] },
  ]);
});

test.each([
  '',
  '{}',
  '[]',
  'null',
  '<html>',
  '{"paths":3}',
  '{"paths":{"/":null}}',
  '{"paths":{},"servers":[{"url":"http://["}]}',
])('refuses %s', (text) => expect(() => operationsOf(text, 'https://api.example.com/')).toThrow());
