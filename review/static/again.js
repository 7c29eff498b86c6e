/** Loads the page again after some seconds, as long as something goes on that it tells about; not while somebody reads on. */
const seconds = Number(document.currentScript.dataset.seconds);
setTimeout(() => {
  if (document.visibilityState === "visible") location.reload();
  else document.addEventListener("visibilitychange", () => location.reload(), { once: true });
}, seconds * 1000);
