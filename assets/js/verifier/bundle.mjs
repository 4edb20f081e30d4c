// The trust bundle (docs/formats/trust.md) and the status lists in it: opened only with a key that the page pins.
import { certificate, revocationList } from './certificates.mjs'
import { Trust } from './trust.mjs'

const KIND = 'visa-trust+jws'
const VERSION = 1
const LARGEST_LIST = 8 * 1024 * 1024 // bytes, unpacked
export const STATUSES = ['IN_FORCE', 'REVOKED', 'SUSPENDED', 'USED']

const ES256 = { name: 'ECDSA', hash: 'SHA-256' }

// What a bundle says, if one of the keys has signed it; null for anything else.
export async function open (text, jwks) {
  try {
    const [head, body, signature] = text.trim().split('.')
    const { alg, typ, kid } = json(head)
    const jwk = jwks.find(each => each.kid === kid)
    if (alg !== 'ES256' || typ !== KIND || !jwk) return null
    const { kty, crv, x, y } = jwk
    const key = await crypto.subtle.importKey('jwk', { kty, crv, x, y }, { name: 'ECDSA', namedCurve: 'P-256' }, false, ['verify'])
    if (!await crypto.subtle.verify(ES256, key, base64(signature), new TextEncoder().encode(`${head}.${body}`))) return null
    const said = json(body)
    return said.v === VERSION ? await believed(said) : null
  } catch {
    return null
  }
}

async function believed (said) {
  const [issuedAt, expiresAt] = [Date.parse(said.issued_at), Date.parse(said.expires_at)]
  if (Number.isNaN(issuedAt) || Number.isNaN(expiresAt)) return null
  const ders = [...said.authorities, ...said.certificates.map(each => each.der)].map(base64)
  const certificates = await Promise.all(ders.map(certificate))
  const lists = [said.crl, ...said.older_crls ?? []].filter(Boolean).map(each => revocationList(base64(each)))
  return {
    issuedAt,
    expiresAt,
    trust: new Trust(certificates, lists),
    statusLists: new Map((said.status_lists ?? []).map(each => [each.list, each.jwt]))
  }
}

// The status of the visa at a place, at a moment; null when the bundle cannot tell. The signature of the bundle
// is over the list too.
export async function statusAt (bundle, [list, index], now) {
  try {
    const { exp, status_list: packed } = json(bundle.statusLists.get(list).split('.')[1])
    if (exp !== undefined && now > exp * 1000) return null
    const bytes = await unpacked(base64(packed.lst), LARGEST_LIST)
    const [perByte, place] = [8 / packed.bits, index * packed.bits]
    if (packed.bits !== 2 || index >= bytes.length * perByte) return null
    return STATUSES[bytes[place >> 3] >> (place & 7) & 3]
  } catch {
    return null
  }
}

// What zlib has packed, at most so many bytes; what follows it is left out.
export async function unpacked (data, most) {
  const reader = new Blob([data]).stream().pipeThrough(new DecompressionStream('deflate')).getReader()
  const parts = []
  for (let size = 0; size <= most;) {
    const { done, value } = await reader.read().catch(error => parts.length ? { done: true } : Promise.reject(error))
    if (done) return new Uint8Array(await new Blob(parts).arrayBuffer())
    parts.push(value)
    size += value.length
  }
  reader.cancel().catch(() => {})
  throw new Error('larger than it may be')
}

function base64 (text) {
  const plain = text.replaceAll('-', '+').replaceAll('_', '/')
  return Uint8Array.from(atob(plain), each => each.charCodeAt(0))
}

const json = part => JSON.parse(new TextDecoder().decode(base64(part)))
