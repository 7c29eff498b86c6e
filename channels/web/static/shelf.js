/**
 * Keeps unsent messages on the phone until they are answered, one key each, so that two open tabs never overwrite
 * each other. The same message sent by both is harmless: it has one id.
 */

const PREFIX = "tutor.unsent.";

/** Make a message id, also where crypto.randomUUID is missing (older phones, plain http). */
export function makeId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Read what is kept, oldest first. */
export function readShelf() {
  return attempt(() => Object.keys(localStorage)
    .filter((key) => key.startsWith(PREFIX))
    .map((key) => JSON.parse(localStorage.getItem(key)))
    .sort((one, other) => one.at - other.at)) ?? [];
}

/** Keep a message. */
export function putOnShelf(message) {
  attempt(() => localStorage.setItem(PREFIX + message.id, JSON.stringify(message)));
}

/** Let go of a message that was answered or refused. */
export function takeFromShelf(message) {
  attempt(() => localStorage.removeItem(PREFIX + message.id));
}

/** Storage can be forbidden or full: the chat goes on, only a reload would lose what is unsent. */
function attempt(action) {
  try {
    return action();
  } catch (error) {
    console.warn("Unsent messages cannot be kept on this device:", error.message);
    return undefined;
  }
}
