// The service worker: keeps the page, its scripts and its sheet, and answers from what it keeps. `KEPT` and
// `VERSION` are put in front by the view (visas/verification/offline_views.py).
/* global KEPT, VERSION */

const NAME = `verifier-${VERSION}`
const OURS = 'verifier-'

self.addEventListener('install', event => event.waitUntil(keep()))
self.addEventListener('activate', event => event.waitUntil(forget()))
self.addEventListener('fetch', event => {
  const name = keptAs(event.request)
  if (name) event.respondWith(answer(name, event.request))
})

// Without the reader's cookies: these are everybody's files.
async function keep () {
  const cache = await caches.open(NAME)
  await cache.addAll(KEPT.map(each => new Request(each, { credentials: 'omit', cache: 'no-cache' })))
  await self.skipWaiting()
}

async function forget () {
  const old = (await caches.keys()).filter(each => each.startsWith(OURS) && each !== NAME)
  await Promise.all(old.map(each => caches.delete(each)))
  await self.clients.claim()
}

// Only what is kept is answered here; everything else goes its way.
function keptAs ({ method, url }) {
  const { origin, pathname } = new URL(url)
  return method === 'GET' && origin === location.origin && KEPT.includes(pathname) ? pathname : null
}

async function answer (name, request) {
  const kept = await (await caches.open(NAME)).match(name, { ignoreVary: true })
  return kept ?? fetch(request)
}
