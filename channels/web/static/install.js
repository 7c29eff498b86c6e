/**
 * The service worker, which keeps the page on the device; without one everything works but opening it offline.
 */

/** Ask for the worker once the page is at rest: the first answer comes first. */
export function installWorker() {
  if (!navigator.serviceWorker) return;
  navigator.serviceWorker.register("/sw.js").catch((error) => {
    console.warn("The page cannot be kept on this device:", error.message);
  });
}
