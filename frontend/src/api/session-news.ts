/** Who is logged in from now on; null: nobody. */
type UserId = number | null;

// A channel does not hear itself, so there are two: every tab hears the news, and so does the one that tells them.
const mouth = new BroadcastChannel('session');
const ear = new BroadcastChannel('session');

export function tellAllTabs(userId: UserId): void {
  mouth.postMessage(userId);
}

export function onSessionNews(listener: (userId: UserId) => void): void {
  ear.addEventListener('message', ({ data }: MessageEvent<UserId>) => listener(data));
}
