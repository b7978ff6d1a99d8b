// What most Express applications do about CORS: npm `cors` with one fixed origin.
import cors from 'cors';
import express from 'express';

express()
  .use(cors({ origin: 'https://app.example.com', credentials: true }))
  .listen(Number(process.env.PORT), '127.0.0.1');
