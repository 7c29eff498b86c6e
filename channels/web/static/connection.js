/**
 * Whether the tutor can be reached: says so above the composer, and calls when it may be again.
 */

import { announce } from "./dom.js";
import { WORDS } from "./words.js";

/**
 * @param {HTMLElement} line
 * @param {() => void} onBack the connection or the person may be back
 * @param {() => boolean} isOpen whether the conversation is on the page
 */
export function watchConnection(line, onBack, isOpen) {
  let hasTrouble = false;

  function show() {
    const offline = isOpen() ? WORDS.offline : WORDS.offlineStart;
    const text = !navigator.onLine ? offline : hasTrouble ? WORDS.trouble : "";
    if (text === line.textContent) return;
    announce(text || WORDS.backOnline);
    line.textContent = text;
    line.hidden = !text;
  }

  function comeBack() {
    show();
    onBack();
  }

  addEventListener("offline", show);
  addEventListener("online", comeBack);
  addEventListener("pageshow", (event) => event.persisted && comeBack());
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && comeBack());
  show();

  /** Tell that a call failed (true) or worked (false). */
  return function setTrouble(value) {
    hasTrouble = value;
    show();
  };
}
