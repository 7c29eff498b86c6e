/**
 * Looks for what the tutor says by itself: gently for reminders, and soon and soon again for an answer that is due.
 */

const SOON_SECONDS = [2, 3, 5, 8, 13, 20, 30, 30, 30, 30];
const GENTLE_SECONDS = 60;

/**
 * @param {() => void} look fetches what is new; called only while the page is seen
 * @param {() => boolean} isAwaiting whether an answer is due
 */
export function createWatch(look, isAwaiting) {
  let tries = 0;
  let timer = 0;
  let isBegun = false;

  function plan() {
    clearTimeout(timer);
    const seconds = isAwaiting() ? SOON_SECONDS[tries] ?? GENTLE_SECONDS : GENTLE_SECONDS;
    timer = setTimeout(tick, seconds * 1000);
  }

  function tick() {
    tries = isAwaiting() ? tries + 1 : 0;
    if (document.visibilityState === "visible" && navigator.onLine) look();
    plan();
  }

  function begin() {
    isBegun = true;
    plan();
  }

  /** An answer is due from now on. */
  function hurry() {
    tries = 0;
    if (isBegun) plan();
  }

  return { begin, hurry };
}
