{# Keeps the door's page on the phone: the page from the network where there is one, files from the store. #}
"use strict";

const STORE = "door-{{ version }}";
const PAGE = {{ page|tojson }};
const FILES = {{ files|tojson }};
const PATIENCE_MS = 3000;

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const store = await caches.open(STORE);
  await store.addAll(FILES.map((file) => new Request(file, { cache: "no-cache" })));
  await store.add(new Request(PAGE, { credentials: "same-origin" }));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const old = (await caches.keys()).filter((name) => name.startsWith("door-") && name !== STORE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET") return;
  if (request.mode === "navigate" && path === PAGE) event.respondWith(page(request));
  else if (FILES.includes(path)) event.respondWith(file(request, path));
});

async function page(request) {
  const store = await caches.open(STORE);
  const kept = await store.match(PAGE);
  const stop = new AbortController();
  const timer = kept && setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(request, { signal: stop.signal });
    if (kept && answer.headers.get("X-Camp-Door") === "not-paired") return kept; // the cookie is lost; the kept page has the token
    if (answer.ok) await store.put(PAGE, answer.clone());
    return answer.status < 500 || !kept ? answer : kept;
  } catch (error) {
    if (kept) return kept;
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

async function file(request, path) {
  const store = await caches.open(STORE);
  return (await store.match(path)) || fetch(request);
}
