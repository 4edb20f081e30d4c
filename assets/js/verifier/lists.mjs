// The trust bundle on this device: the one that was kept last, renewed whenever there is a connection.
import { open } from './bundle.mjs'

const STORE = 'trust-lists'
const PATIENCE = 6000 // ms, on a line that is there and carries nothing
const RENEWED = 60000 // ms: the server keeps a bundle as long
const OLD = 7 * 24 * 3600 * 1000
const CLOCKS_DIFFER = 10 * 60 * 1000

export class Lists {
  constructor (url, jwks) {
    this.url = url
    this.jwks = jwks
    this.bundle = null
    this.askedAt = -Infinity
    this.renewal = null
    this.clockIsWrong = false
  }

  // Without a place to keep them (a private window of some browsers) they last as long as the page.
  async load () {
    const kept = await caches.match(this.url, { cacheName: STORE }).catch(() => undefined)
    if (kept) this.bundle = await open(await kept.text(), this.jwks)
  }

  // Asks once a minute, and again whenever there is none; whoever asks meanwhile waits for the same answer.
  renew () {
    if (this.renewal) return this.renewal
    if (!navigator.onLine || (this.bundle && Date.now() - this.askedAt < RENEWED)) return Promise.resolve()
    this.askedAt = Date.now()
    this.renewal = this.replace().finally(() => { this.renewal = null })
    return this.renewal
  }

  // An older bundle never replaces a newer one, nor one that none of our keys has signed any.
  async replace () {
    const text = await fetched(this.url)
    const bundle = text && await open(text, this.jwks)
    if (!bundle || bundle.issuedAt < (this.bundle?.issuedAt ?? 0)) return
    this.bundle = bundle
    this.clockIsWrong = Math.abs(Date.now() - bundle.issuedAt) > CLOCKS_DIFFER
    await caches.open(STORE).then(store => store.put(this.url, new Response(text))).catch(() => {})
  }

  // NONE, CLOCK, OLD or FRESH.
  state (now = Date.now()) {
    if (!this.bundle) return 'NONE'
    if (this.clockIsWrong || now < this.bundle.issuedAt - CLOCKS_DIFFER) return 'CLOCK'
    return now > Math.min(this.bundle.expiresAt, this.bundle.issuedAt + OLD) ? 'OLD' : 'FRESH'
  }

  // The day on which certificates are judged: today, and never before our own lists were made.
  day (now = Date.now()) {
    return new Date(Math.max(now, this.bundle?.issuedAt ?? 0)).toISOString().slice(0, 10)
  }
}

async function fetched (url) {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), PATIENCE)
  try {
    const answer = await fetch(url, { credentials: 'omit', signal: abort.signal })
    return answer.ok ? await answer.text() : null
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
