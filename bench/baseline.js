// The least that Node.js and pg can do: the statements of the API, prepared as it does, its JSON, and nothing else. No
// validation, no routing, no logs, no security headers, no links.
import { Buffer } from 'node:buffer';
import { createServer } from 'node:http';
import { findAll, findOne } from './posts.js';

createServer(async (request, response) => {
  const path = request.url ?? '/';
  const id = Number(/^\/posts\/(\d+)$/.exec(path)?.[1]);
  const answer = path === '/posts?limit=20' ? await findAll() : id > 0 ? await findOne(id) : {};
  const body = Buffer.from(JSON.stringify(answer));
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Content-Length', body.length);
  response.end(body);
}).listen(Number(process.env.PORT), '127.0.0.1');
