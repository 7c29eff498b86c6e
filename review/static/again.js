/** Loads the page again after some seconds, while something goes on that it tells about; a form that was sent goes first. */
const seconds = Number(document.currentScript.dataset.seconds);
const load = () => {
  if (document.visibilityState === "visible") location.reload();
  else document.addEventListener("visibilitychange", () => location.reload(), { once: true });
};
const timer = setTimeout(load, seconds * 1000);
document.addEventListener("submit", () => clearTimeout(timer));
