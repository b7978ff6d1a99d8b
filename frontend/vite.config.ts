import react from '@vitejs/plugin-react';
import { resolve } from 'node:path';
import { defineConfig } from 'vite';

// The origin that the API allows. On another port, the browser would hide every response, so Vite does not start instead.
const address = { host: 'localhost', port: 5173, strictPort: true };

export default defineConfig({
  plugins: [react()],
  // Its source, so that nothing has to be built before.
  resolve: { alias: { 'browser-verdict': resolve(import.meta.dirname, '../browser-verdict/src/index.ts') } },
  // Else the public suffix list, one string of 68 kB, would stand at each place where it is used.
  build: { rolldownOptions: { optimization: { inlineConst: false } } },
  server: address,
  // The built page may be served behind a proxy with any host name.
  preview: { ...address, allowedHosts: true },
});
