const key = 'colour-scheme';
const darkSystem = matchMedia('(prefers-color-scheme: dark)');

/** The colour scheme that the user has chosen in this browser; else that of the system. */
export function isDark(): boolean {
  return (localStorage.getItem(key) ?? (darkSystem.matches ? 'dark' : 'light')) === 'dark';
}

export function chooseScheme(scheme: 'light' | 'dark'): void {
  localStorage.setItem(key, scheme);
  showChosenScheme();
}

/** Called before the first render. Without a choice, the style sheet follows the system. */
export function showChosenScheme(): void {
  const scheme = localStorage.getItem(key);
  if (scheme !== null) document.documentElement.dataset.colourScheme = scheme;
}
