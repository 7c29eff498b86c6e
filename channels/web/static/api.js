/**
 * The web API: session and messages. Every failure becomes an ApiError that says what to do about it.
 */

const TIMEOUT_SECONDS = 20;
const NO_SESSION = 401;
const TOO_MANY = 429;
const SERVER_TROUBLE = 500;

let forgetSession = () => {};
let givenToken = "";
let shownToken = "";

/** A call that did not work. `status` 0 means no usable answer came; `message` may be shown to the person. */
class ApiError extends Error {
  constructor(status, message = "") {
    super(message);
    this.name = "ApiError";
    this.status = status;
  }

  /** The same call may work in a moment. */
  get isPassing() {
    return this.status === 0 || this.status >= SERVER_TROUBLE;
  }

  /** The server asks for a rest; the person decides when to go on. */
  get isTooFast() {
    return this.status === TOO_MANY;
  }
}

/** Get an identity, kept in a cookie, and tell by which clock the person lives. True for somebody new. */
export async function openSession() {
  const told = JSON.stringify({ time_zone: Intl.DateTimeFormat().resolvedOptions().timeZone });
  const body = await call("/api/session", { method: "POST", body: told });
  if (body.token) givenToken = body.token;
  return body.new === true;
}

/**
 * Fetch what can be seen of the conversation, oldest first; only what followed `after` when given.
 *
 * @returns {Promise<{messages: object[], isWaiting: boolean|undefined}>} whether an answer is due, if the server knows
 */
export async function fetchMessages(after) {
  const query = after ? `?after=${encodeURIComponent(after)}` : "";
  const body = await withSession(() => call(`/api/messages${query}`, {}));
  return { messages: listMessages(body), isWaiting: body.waiting };
}

/**
 * Send a typed text or a pressed button. Safe to repeat: the server knows the id.
 *
 * @param {{id: string, text?: string, button?: string}} message
 * @returns {Promise<{messages: object[], isWaiting: boolean, note?: string}>} the replies; waiting, they come later
 */
export async function sendMessage({ id, text, button }) {
  const content = JSON.stringify(button ? { id, button } : { id, text });
  const body = await withSession(() => call("/api/messages", { method: "POST", body: content }));
  return { messages: listMessages(body), isWaiting: body.waiting === true, note: body.note };
}

/** Fetch how far the course is. */
export const fetchProgress = () => withSession(() => call("/api/progress", {}));

/** Have something done when the server no longer knows the person, and starts from nothing. */
export function whenSessionIsLost(callback) {
  forgetSession = callback;
}

/** Repeat a call once with a new session when the old one is lost. */
async function withSession(action) {
  try {
    return await action();
  } catch (error) {
    if (error.status !== NO_SESSION) throw error;
    if (showToken()) return action();
    if (await openSession()) forgetSession();
    return action();
  }
}

/**
 * A browser that keeps no cookie in a page of another site still has the token that it was given a moment ago: it is
 * shown from memory, and nowhere kept. True if there is one that was not tried yet.
 */
function showToken() {
  const isUntried = givenToken !== "" && givenToken !== shownToken;
  shownToken = givenToken;
  return isUntried;
}

async function call(path, options) {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), TIMEOUT_SECONDS * 1000);
  try {
    const headers = options.body ? { "Content-Type": "application/json" } : {};
    if (shownToken) headers.Authorization = `Bearer ${shownToken}`;
    const how = { headers, credentials: "same-origin", cache: "no-store", signal: controller.signal };
    return await readBody(await fetch(path, { ...options, ...how }));
  } catch (error) {
    throw error instanceof ApiError ? error : new ApiError(0);
  } finally {
    clearTimeout(timer);
  }
}

/** Read an answer. Something that is not JSON is not from us (a hotel's sign-in page, say): no connection. */
async function readBody(response) {
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new ApiError(response.status, body?.error?.message);
  if (body === null) throw new ApiError(0);
  return body;
}

function listMessages(body) {
  if (!Array.isArray(body.messages)) throw new ApiError(0);
  return body.messages;
}
