/** The id of the user who is now logged in; null after a log-out. */
type UserId = number | null;

// A BroadcastChannel does not receive its own messages. With a second one, the sending tab receives them as well.
const sender = new BroadcastChannel('session');
const receiver = new BroadcastChannel('session');

/** Sends a log-in or a log-out to all tabs, this one included. */
export function broadcastUser(userId: UserId): void {
  sender.postMessage(userId);
}

/** Calls the listener after a log-in or a log-out in any tab. */
export function onUserChange(listener: (userId: UserId) => void): void {
  receiver.addEventListener('message', ({ data }: MessageEvent<UserId>) => listener(data));
}
