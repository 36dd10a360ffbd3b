// Keeps the page itself at hand, so that it opens without a network and holds what is typed. Network first: a stored
// page is used only when there is none. No answer, line or file is ever stored here.

const CACHE = "baocao-page";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const page = event.request.mode === "navigate" && url.pathname === "/";
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
