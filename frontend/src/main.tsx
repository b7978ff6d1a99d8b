import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { showChosenScheme } from './colour-scheme/colour-scheme';
import { queryClient } from './query-client';
import './styles/theme.css';
import './styles/text.css';
import './styles/layout.css';
import './styles/controls.css';
import './styles/form.css';
import './styles/editor.css';
import './styles/list.css';
import './styles/deletions.css';
import './styles/browser-panel.css';

showChosenScheme();
const root = document.getElementById('root');
if (root !== null)
  createRoot(root).render(
    <StrictMode>
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>
    </StrictMode>,
  );
