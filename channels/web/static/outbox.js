/**
 * Sends what the person says, one at a time and in order, and does not lose it. Knows nothing of the page.
 *
 * States of a message: added, waiting (for its turn or the connection), sending, retrying, failed (the person can try
 * again), refused (the server said no; it leaves the queue), away (the server has it, and the answer comes later), answered.
 */

import { PAUSES_SECONDS, pause, wakeSleepers } from "./backoff.js";
import { makeId, putOnShelf, readShelf, takeFromShelf } from "./shelf.js";

/**
 * @param {object} doors
 * @param {(message: object) => Promise<{messages: object[], isWaiting: boolean, note?: string}>} doors.send
 * @param {(message: object, state: string, note?: string) => void} doors.onState
 * @param {(message: object, replies: object[]) => void} doors.onReply
 */
export function createOutbox({ send, onState, onReply }) {
  const queue = readShelf();
  let isOpen = false;
  let isRunning = false;

  function add(content, { first = false } = {}) {
    const at = first ? Math.min(Date.now(), ...queue.map((kept) => kept.at - 1)) : Date.now();
    const message = { id: makeId(), at, ...content };
    if (first) queue.unshift(message);
    else queue.push(message);
    putOnShelf(message);
    onState(message, "added");
    const isNext = isOpen && !isRunning && queue[0] === message;
    if (!isNext || !navigator.onLine) onState(message, "waiting");
    setTimeout(run); // what was pressed is painted first
  }

  function open() {
    isOpen = true;
    run();
  }

  /** Try what is stuck again, now. */
  function retry() {
    wakeSleepers();
    run();
  }

  async function run() {
    if (!isOpen || isRunning) return;
    isRunning = true;
    try {
      while (queue.length > 0 && (await deliver(queue[0])));
    } finally {
      isRunning = false;
    }
  }

  /** Send the first message, again and again; true when the next may follow. */
  async function deliver(message) {
    if (navigator.onLine) onState(message, "sending");
    for (const seconds of [...PAUSES_SECONDS, null]) {
      const { reply, error } = await attempt(message);
      if (reply?.isWaiting) return settle(message, "away", () => {}, reply.note);
      if (reply) return settle(message, "answered", () => onReply(message, reply.messages));
      if (!error.isPassing && !error.isTooFast) return settle(message, "refused", () => {}, error.message);
      if (!navigator.onLine) return stop(message, "waiting");
      if (seconds === null || error.isTooFast) return stop(message, "failed", error.message);
      onState(message, "retrying");
      await pause(seconds);
    }
    return false;
  }

  async function attempt(message) {
    try {
      return { reply: await send(message) };
    } catch (error) {
      return { error };
    }
  }

  function settle(message, state, then, note) {
    queue.shift();
    takeFromShelf(message);
    onState(message, state, note);
    then();
    return true;
  }

  function stop(message, state, note) {
    onState(message, state, note);
    return false;
  }

  return { add, open, retry, queue };
}
