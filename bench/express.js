// The same by hand, with Express: routes, parameters, JSON and entity tags, as a tutorial has them.
import express from 'express';
import { findAll, findOne } from './posts.js';

const app = express();
app.get('/', (_, response) => void response.json({}));
app.get('/health/live', (_, response) => void response.json({ status: 'ok' }));
app.get('/posts', async (_, response) => void response.json(await findAll()));
app.get('/posts/:id', async ({ params }, response) => void response.json(await findOne(Number(params.id))));
app.listen(Number(process.env.PORT), '127.0.0.1');
