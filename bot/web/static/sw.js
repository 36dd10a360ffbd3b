// Keeps the page itself at hand, so that it opens without a network and holds what is typed. Network first: a stored
// page is used only when there is none. No answer, line or file is ever stored here.

const CACHE = "baocao-page";

const PARTS = [
  "app.js",
  "bubbles.js",
  "composer.js",
  "files.js",
  "icon.svg",
  "live.js",
  "log.js",
  "outbox.js",
  "style.css",
  "texts.js",
  "times.js",
].map((name) => `/static/${name}`);

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll(["/", ...PARTS]);
  await self.skipWaiting();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  // A link with an invitation code is never stored.
  const page = event.request.mode === "navigate" && url.pathname === "/" && !url.search;
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (page || url.pathname.startsWith("/static/")) event.respondWith(fresh(event.request));
});

async function fresh(request) {
  const cache = await caches.open(CACHE);
  try {
    const response = await fetch(request);
    if (response.ok) await cache.put(request.url, response.clone());
    return response;
  } catch (error) {
    const stored = await cache.match(request.url);
    if (stored) return stored;
    throw error;
  }
}
