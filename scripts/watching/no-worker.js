/** Takes the place of the worker that keeps pages for offline use, and goes: whoever writes wants to see today's. */

self.addEventListener("install", () => Object(self).skipWaiting());
self.addEventListener("activate", (event) => {
  const done = Object(self).registration.unregister();
  Object(event).waitUntil(Promise.all([done, caches.keys().then((names) => Promise.all(names.map((name) => caches.delete(name))))]));
});
