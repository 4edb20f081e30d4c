// Reading: the parts of a seal of version 3 or 4, of any kind of document, and the bytes that its signature is over.
import { byteAt, c40, c40Length, date, refuse, toHex, valueAt } from './codec.mjs'

const MAGIC = 0xDC
const VERSIONS = { 2: 3, 3: 4 } // the byte → the version that it means
const SIGNATURE = 0xFF // the tag that ends the message zone
const LONGEST = 4096
const SIGNATURE_SIZES = [56, 64, 80, 96, 128, 132]

const COUNTRY = /^[A-Z]{1,3}<{0,2}$/
const SIGNER = /^[A-Z]{2}[A-Z0-9]{2}$/
const REFERENCE = /^[0-9A-F]+$/
const IN_DECIMAL = /^[0-9]{2}$/
const DEZV = 'DEZV' // Germany's administration writes the reference's length in decimal digits

// Throws WrongFormat when anything at all is not as it should be.
export function read (data) {
  if (data.length > LONGEST) refuse('longer than a bar code can be')
  const header = headerOf(data)
  const [features, end] = featuresOf(data, header.header_length, header.version)
  const [signature, after] = valueAt(data, end + 1, header.version)
  if (after !== data.length) refuse('something follows the signature')
  if (!SIGNATURE_SIZES.includes(signature.length)) refuse('not a signature r‖s')
  return { header, features, signature, signed: data.subarray(0, end) }
}

function headerOf (data) {
  let place = 0
  const take = size => {
    if (place + size > data.length) refuse('it ends in its header')
    place += size
    return data.subarray(place - size, place)
  }
  if (take(1)[0] !== MAGIC) refuse('it does not begin with DC')
  const version = VERSIONS[take(1)[0]] ?? refuse('not version 3 or 4')
  const country = matching(COUNTRY, c40(take(2))).replace(/<+$/, '')
  const [signer, reference] = version === 3 ? namesOf3(take) : namesOf4(take)
  const [issued, signed] = [date(take(3)), date(take(3))]
  const [definition, category] = take(2)
  return {
    version,
    version_byte: version - 1,
    country,
    signer,
    cert_ref: reference,
    issue_date: issued,
    signature_date: signed,
    feature_definition_ref: definition,
    document_type_category: category,
    header_length: place
  }
}

function namesOf3 (take) {
  const text = c40(take(c40Length(9)))
  return [matching(SIGNER, text.slice(0, 4)), matching(REFERENCE, text.slice(4))]
}

function namesOf4 (take) {
  const text = c40(take(c40Length(6)))
  const signer = matching(SIGNER, text.slice(0, 4))
  const digits = text.slice(4)
  const size = signer === DEZV
    ? parseInt(matching(IN_DECIMAL, digits), 10)
    : parseInt(matching(REFERENCE, digits), 16)
  if (!size) refuse('a reference of no characters')
  const reference = c40(take(c40Length(size)))
  if (reference.length !== size) refuse('a reference of another length than it says')
  return [signer, matching(REFERENCE, reference)]
}

function featuresOf (data, begin, version) {
  const found = new Map()
  let place = begin
  for (let tag = byteAt(data, place); tag !== SIGNATURE; tag = byteAt(data, place)) {
    const [value, after] = valueAt(data, place + 1, version)
    if (found.has(tag)) refuse('a tag twice')
    found.set(tag, value)
    place = after
  }
  return [found, place]
}

function matching (pattern, text) {
  return pattern.test(text) ? text : refuse('not what stands there in a header')
}

export const isVisa = header => header.feature_definition_ref === 0x5D && header.document_type_category === 1

// Of all zeros: it names no certificate.
export const isForTests = header => /^0*$/.test(header.cert_ref)

// Germany's administration has numbers of its own register where others name their certificate.
export const namesCertificate = header =>
  !(header.signer === DEZV && [200, 201].includes(header.document_type_category))

export const featuresAsJSON = features => [...features].map(([tag, value]) => ({ tag, value: toHex(value) }))
