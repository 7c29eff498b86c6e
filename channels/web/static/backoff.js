/**
 * Waiting between attempts: 1, 2, 4, 8 seconds, cut short when the connection comes back.
 */

export const PAUSES_SECONDS = [1, 2, 4, 8, 15];

const sleepers = new Set();

/** Wait; resolves early when `wakeSleepers` is called. */
export function pause(seconds) {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      sleepers.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, seconds * 1000);
    sleepers.add(wake);
  });
}

/** End every pause now: the connection may be back. */
export function wakeSleepers() {
  for (const wake of [...sleepers]) wake();
}

/**
 * Do something until it works; the longest pause repeats.
 *
 * @param {() => Promise} action
 * @param {(error: Error) => void} onTrouble called after each failure
 */
export async function keepTrying(action, onTrouble) {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await action();
    } catch (error) {
      onTrouble(error);
      await pause(PAUSES_SECONDS[Math.min(attempt, PAUSES_SECONDS.length - 1)]);
    }
  }
}
