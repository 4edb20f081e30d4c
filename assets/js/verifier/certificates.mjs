// Certificates of signers and authorities, and revocation lists: the fields that a check of a seal asks for.
// The twin of consular/lib/seal/certificates.py for the curves that browsers have.
import { BOOLEAN, OCTET_STRING, SEQUENCE, SET, bits, content, day, inside, integer, oid, only } from './asn1.mjs'
import { toHex } from './codec.mjs'

const EC_KEY = '2a8648ce3d0201'
const CURVES = {
  '2a8648ce3d030107': { name: 'P-256', hash: 'SHA-256', size: 32 },
  '2b81040022': { name: 'P-384', hash: 'SHA-384', size: 48 },
  '2b81040023': { name: 'P-521', hash: 'SHA-512', size: 66 },
  // Seals may be on these, and browsers do not have them
  '2b81040021': { size: 28 },
  '2b2403030208010105': { size: 28 },
  '2b2403030208010107': { size: 32 },
  '2b2403030208010109': { size: 40 },
  '2b240303020801010b': { size: 48 },
  '2b240303020801010d': { size: 64 }
}
const SPELLED_OUT = { size: null }
const ECDSA_HASHES = {
  '2a8648ce3d040302': 'SHA-256', '2a8648ce3d040303': 'SHA-384', '2a8648ce3d040304': 'SHA-512'
}
const [COUNTRY, COMMON_NAME] = ['550406', '550403']
const [CONSTRAINTS, KEY_USAGE, EXTENDED_USAGE] = ['551d13', '551d0f', '551d25']
const SEAL_SIGNER = '67810801010b01' // extended key usage 2.23.136.1.1.11.1
const DOCUMENT_TYPES = '67810801010602' // documentTypeList 2.23.136.1.1.6.2
const [DIGITAL_SIGNATURE, KEY_CERT_SIGN] = [0x80, 0x04]

export async function certificate (der) {
  const [tbs, algorithm, signature] = inside(only(der))
  const fields = inside(tbs)
  if (fields[0].tag === 0xA0) fields.shift()
  const [serial, , issuer, validity, subject, key, ...more] = fields
  const extensions = extensionsOf(more.find(each => each.tag === 0xA3))
  const [first, last] = inside(validity)
  const curve = curveOf(key)
  const usable = curve?.name ? await imported(curve, bits(inside(key)[1])) : null
  return {
    ...signedPart(tbs, algorithm, signature, issuer),
    subject: toHex(subject.whole),
    signer: (partOf(subject, COUNTRY) + partOf(subject, COMMON_NAME)).toUpperCase(),
    serial: integer(serial),
    firstDay: day(first),
    lastDay: day(last),
    maySeal: usageAllows(extensions, DIGITAL_SIGNATURE) && extendedUsageAllows(extensions) &&
      curve !== null && (usable !== null || !curve.name),
    mayIssue: isAuthority(extensions) && usageAllows(extensions, KEY_CERT_SIGN),
    documentTypes: documentTypes(extensions),
    curve,
    key: usable
  }
}

export function revocationList (der) {
  const [body, algorithm, signature] = inside(only(der))
  const fields = inside(body)
  if (fields[0].tag === 0x02) fields.shift()
  const [, issuer] = fields
  const revoked = fields.slice(2).find(each => each.tag === SEQUENCE)
  return {
    ...signedPart(body, algorithm, signature, issuer),
    serials: new Set(revoked ? inside(revoked).map(each => integer(inside(each)[0])) : [])
  }
}

function signedPart (message, algorithm, signature, issuer) {
  return {
    issuer: toHex(issuer.whole),
    message: message.whole,
    hash: ECDSA_HASHES[oid(inside(algorithm)[0])],
    signature: bits(signature)
  }
}

function partOf (name, kind) {
  const parts = inside(name).flatMap(each => inside(each, SET)).map(each => inside(each))
  const found = parts.filter(([type]) => oid(type) === kind)
  return found.length === 1 ? new TextDecoder().decode(found[0][1].content) : ''
}

function extensionsOf (item) {
  const listed = item ? inside(only(item.content)).map(each => inside(each)) : []
  return new Map(listed.map(parts => [oid(parts[0]), content(parts.at(-1), OCTET_STRING)]))
}

function usageAllows (extensions, bit) {
  return !extensions.has(KEY_USAGE) || Boolean(bits(only(extensions.get(KEY_USAGE)))[0] & bit)
}

function extendedUsageAllows (extensions) {
  return !extensions.has(EXTENDED_USAGE) || inside(only(extensions.get(EXTENDED_USAGE))).some(each => oid(each) === SEAL_SIGNER)
}

function isAuthority (extensions) {
  const [first] = extensions.has(CONSTRAINTS) ? inside(only(extensions.get(CONSTRAINTS))) : []
  return first?.tag === BOOLEAN && first.content[0] !== 0
}

// null: not limited. A list that nobody can read allows none.
function documentTypes (extensions) {
  if (!extensions.has(DOCUMENT_TYPES)) return null
  try {
    const [, listed] = inside(only(extensions.get(DOCUMENT_TYPES)))
    return new Set(inside(listed, SET).map(each => new TextDecoder().decode(each.content).replace(/<+$/, '')))
  } catch {
    return new Set(['?'])
  }
}

// null: no curve that seals may be on. One without a name: this reader cannot check its signatures.
function curveOf (key) {
  const [type, parameters] = inside(inside(key)[0])
  if (oid(type) !== EC_KEY || !parameters) return null
  return parameters.tag === SEQUENCE ? SPELLED_OUT : CURVES[oid(parameters)] ?? null
}

async function imported (curve, point) {
  try {
    if (point.length !== 1 + 2 * curve.size) return null
    return await crypto.subtle.importKey('raw', point, { name: 'ECDSA', namedCurve: curve.name }, false, ['verify'])
  } catch {
    return null
  }
}

// Whether this reader can check what the certificate signs.
export const isReadable = certificate => Boolean(certificate.key) || !certificate.curve || Boolean(certificate.curve.name)

// Whether r‖s is its signature of the message.
export async function seals ({ curve, key }, message, signature) {
  if (!key || signature.length !== 2 * curve.size) return false
  return crypto.subtle.verify({ name: 'ECDSA', hash: curve.hash }, key, signature, message)
}

// Whether another certificate, or a list, bears its signature.
export async function hasSigned ({ curve, key }, other) {
  if (!key || !other.hash) return false
  try {
    const halves = inside(only(other.signature)).map(integer)
    const raw = halves.map(each => each.toString(16).padStart(2 * curve.size, '0')).join('')
    const signature = Uint8Array.from(raw.match(/../g), each => parseInt(each, 16))
    return signature.length === 2 * curve.size &&
      await crypto.subtle.verify({ name: 'ECDSA', hash: other.hash }, key, signature, other.message)
  } catch {
    return false
  }
}
