/**
 * Keeps the composer above the on-screen keyboard where the browser does not shrink the page itself (Safari on iPhone).
 */

const KEYBOARD_PX = 120;

/** Follow the visible height while a keyboard is open; a person who zoomed in is left alone. */
export function watchKeyboard() {
  const view = window.visualViewport;
  if (!view) return;
  view.addEventListener("resize", () => {
    const isCovered = Math.abs(view.scale - 1) < 0.01 && innerHeight - view.height > KEYBOARD_PX;
    document.documentElement.style.setProperty("--height", isCovered ? `${view.height}px` : "");
    if (isCovered) scrollTo(0, 0);
  });
}
