import Bowser from 'bowser';

/** A name that users recognise, as in `Firefox on Linux`. The user agent is whatever the client claims. */
export function deviceName(userAgent: string): string {
  if (userAgent === '') return 'Unknown device';
  const { browser, os } = Bowser.parse(userAgent);
  const [product = ''] = userAgent.split(/[\s/]/, 1);
  const name = ((browser.name ?? '') || product).slice(0, 40) || 'Unknown device';
  return os.name ? `${name} on ${os.name}` : name;
}
