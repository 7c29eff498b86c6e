/**
 * Inside a course site: Escape asks the page around to close the panel. Nothing else is told to it.
 */

/** Tell the page around of Escape, unless a dialog takes it. */
export function watchEscape() {
  if (window.parent === window) return;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open]")) return;
    window.parent.postMessage("tutor.close", "*");
  });
}
