/**
 * The service worker: keeps the page itself on the device, one version at a time, so that it opens without a
 * connection. What people say and read goes past it: no answer of the API, no file and no picture is ever kept here.
 */

const NAME = "tutor-{{ version }}";
const SHELL = {{ shell | tojson | safe }};

self.addEventListener("install", (event) => {
  event.waitUntil(keepShell().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(forgetOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin) return;
  const isShell = SHELL.includes(url.pathname + url.search);
  if (isShell) event.respondWith(fromShell(request));
  else if (request.mode === "navigate" && url.pathname.startsWith("/lite")) event.respondWith(orOffline(request));
});

/** What bears no version is fetched past the browser's own cache: one page must not be put together from two. */
async function keepShell() {
  const cache = await caches.open(NAME);
  await cache.addAll(SHELL.map((path) => new Request(path, { cache: path.includes("?v=") ? "default" : "reload" })));
}

async function forgetOthers() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("tutor-") && name !== NAME).map((name) => caches.delete(name)));
}

/** At once from the device; a new version comes with a new worker, for the next visit. */
async function fromShell(request) {
  const cache = await caches.open(NAME);
  return (await cache.match(request)) ?? fetch(request);
}

async function orOffline(request) {
  try {
    return await fetch(request);
  } catch {
    return (await (await caches.open(NAME)).match("/offline")) ?? Response.error();
  }
}
