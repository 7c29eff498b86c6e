/**
 * Colours, size of the text and times as this person set them; runs before anything is painted, so that nothing flashes.
 * menu.js changes them.
 */
(() => {
  try {
    Object.assign(document.documentElement.dataset, JSON.parse(localStorage.getItem("tutor.look") ?? "{}"));
  } catch {
    // Storage can be forbidden: then the page looks as the device does.
  }
  if (window.parent !== window) document.documentElement.dataset.embedded = "";
})();
