import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

// The origin that the API allows. At the next free port instead, the browser would hide every answer: better not to start.
const address = { host: 'localhost', port: 5173, strictPort: true };

export default defineConfig({
  plugins: [react()],
  server: address,
  // The built page may be shown behind a proxy, under whatever name that has.
  preview: { ...address, allowedHosts: true },
});
