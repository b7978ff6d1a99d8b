import { useState } from 'react';
import { chooseScheme, isDark } from './colour-scheme';

export function ColourSchemeButton() {
  const [dark, setDark] = useState(isDark);
  const toggle = () => {
    chooseScheme(dark ? 'light' : 'dark');
    setDark(!dark);
  };
  return (
    <button className="icon" aria-pressed={dark} aria-label="Dark colours" title="Dark colours" onClick={toggle}>
      <svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true">
        <circle cx="12" cy="12" r="8" fill="none" stroke="currentColor" strokeWidth="2" />
        <path d="M12 4a8 8 0 0 1 0 16z" fill="currentColor" />
      </svg>
    </button>
  );
}
