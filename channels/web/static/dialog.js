/**
 * Dialogs over the page: a sheet at the bottom of a phone. Escape, the close button, a press beside it and a swipe down
 * close it; the focus goes back to what opened it.
 */

import { make } from "./dom.js";
import { WORDS } from "./words.js";

const SWIPE_PX = 80;
let number = 0;

/**
 * Build a dialog that is thrown away when it closes, and open it.
 *
 * @param {{className: string, title: string, opener: HTMLElement}} how
 * @param {...Node} children
 */
export function showDialog({ className, title, opener }, ...children) {
  number += 1;
  const id = `dialog-title-${number}`;
  const close = make("button", { type: "button", className: "close", textContent: WORDS.close });
  const head = make("div", { className: "head" }, make("h2", { id, textContent: title }), close);
  const dialog = make("dialog", { className, attributes: { "aria-labelledby": id } }, head, ...children);
  document.body.append(dialog);
  prepareDialog(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  openDialog(dialog, opener);
  return dialog;
}

/** Make a dialog that stands in the page easy to leave. */
export function prepareDialog(dialog) {
  dialog.querySelector(".close").addEventListener("click", () => closeDialog(dialog));
  dialog.addEventListener("click", (event) => event.target === dialog && closeDialog(dialog));
  watchSwipe(dialog, dialog.querySelector(".head"));
}

/** Open a dialog; an old browser that has none shows it in the page. */
export function openDialog(dialog, opener) {
  if (dialog.showModal) dialog.showModal();
  else dialog.setAttribute("open", "");
  dialog.querySelector(".close").focus();
  dialog.addEventListener("close", () => opener.focus({ preventScroll: true }), { once: true });
}

function closeDialog(dialog) {
  if (dialog.close) return dialog.close();
  dialog.removeAttribute("open");
  return dialog.dispatchEvent(new Event("close"));
}

/** Drag the head down: the sheet follows the finger, and goes when it was dragged far enough. */
function watchSwipe(dialog, head) {
  let from = null;

  const move = (distance) => { dialog.style.transform = distance > 0 ? `translateY(${distance}px)` : ""; };

  function end(event) {
    if (from === null) return;
    const distance = event.clientY - from;
    from = null;
    move(0);
    if (event.type === "pointerup" && distance > SWIPE_PX) closeDialog(dialog);
  }

  head.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "mouse" || event.target.closest("button")) return;
    from = event.clientY;
    head.setPointerCapture(event.pointerId);
  });
  head.addEventListener("pointermove", (event) => from !== null && move(event.clientY - from));
  head.addEventListener("pointerup", end);
  head.addEventListener("pointercancel", end);
}
