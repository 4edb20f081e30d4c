// Checking a seal after ICAO's policy (docs/formats/seal.md, Checking). The twin of consular/lib/seal/verifying.py.
import { c40, WrongFormat } from './codec.mjs'
import { isReadable, seals } from './certificates.mjs'
import { featuresAsJSON, isForTests, isVisa, namesCertificate, read } from './seal.mjs'
import { asJSON, check, decode, hasUnknownTags, zoneHolds } from './visa.mjs'

// The order in which one goes before another as the result. UNSUPPORTED_CURVE is this reader's own: others may
// be able to tell.
export const WORDS = [
  'WRONG_FORMAT', 'UNKNOWN_CERTIFICATE', 'UNTRUSTED_CERTIFICATE', 'INVALID_DOCUMENTTYPE', 'REVOKED_CERTIFICATE',
  'INVALID_SIGNATURE', 'INVALID_VISA_MRZ', 'SEAL_VISA_MISMATCH', 'INVALID_PASSPORT_MRZ', 'SEAL_PASSPORT_MISMATCH',
  'UNSUPPORTED_CURVE', 'READ_ERROR', 'EXPIRED_CERTIFICATE', 'UNKNOWN_FEATURE'
]
const UNPROVEN = ['INVALID_SIGNATURE', 'UNSUPPORTED_CURVE']
const ZONES = { '93,1': [1, 2], '94,3': [2], '250,6': [4], '251,6': [2], '253,2': [2] }

// The verdict on a seal as it was received, certificates judged as of a day, YYYY-MM-DD; nothing that `data` may
// be throws anything.
export async function verify (data, trust, at, { forTests = false } = {}) {
  const seal = attempt(() => {
    const found = read(data)
    if (isVisa(found.header)) check(found.features)
    return found
  })
  if (!seal) return verdict(['WRONG_FORMAT'])
  const words = await ofSigner(seal, trust, at ?? seal.header.signature_date, forTests)
  return isVisa(seal.header) ? withValues(seal, words) : verdict(words, seal)
}

function attempt (reading) {
  try {
    return reading()
  } catch (error) {
    if (error instanceof WrongFormat) return null
    throw error
  }
}

export function verdict (words, seal = null, visa = null) {
  const sorted = WORDS.filter(each => words.includes(each))
  const valid = sorted.every(each => each === 'UNKNOWN_FEATURE')
  return { result: valid ? 'VALID' : sorted[0], words: sorted, seal, visa }
}

export const having = (told, words) => verdict([...told.words, ...words], told.seal, told.visa)

// Under a wrong signature, or one that nobody here can check, the values are nobody's.
function withValues (seal, words) {
  const told = hasUnknownTags(seal.features) ? [...words, 'UNKNOWN_FEATURE'] : words
  const signed = !UNPROVEN.some(each => told.includes(each))
  const visa = attempt(() => decode(seal.features))
  if (!visa) return verdict(signed ? [...told, 'WRONG_FORMAT'] : told, seal)
  return verdict(signed && !zoneHolds(visa) ? [...told, 'INVALID_VISA_MRZ'] : told, seal, visa)
}

// If several certificates fit, the words about the one that signed.
async function ofSigner (seal, trust, day, forTests) {
  const judged = await Promise.all(trust.signers(seal.header).map(each => ofCertificate(seal, each, trust, day)))
  const words = best(namesCertificate(seal.header) ? judged : thatSigned(judged))
  if (!words) return ['UNKNOWN_CERTIFICATE']
  return isForTests(seal.header) && !forTests ? [...words, 'UNTRUSTED_CERTIFICATE'] : words
}

function best (judged) {
  const worth = words => (words.includes('INVALID_SIGNATURE') ? 100 : 0) + words.length
  return judged.reduce((best, each) => best && worth(best) <= worth(each) ? best : each, null)
}

// Where no certificate is named, only one that has signed counts, or else one that nobody here can judge.
function thatSigned (judged) {
  const signed = judged.filter(words => !UNPROVEN.some(each => words.includes(each)))
  const unclear = judged.some(words => words.includes('UNSUPPORTED_CURVE'))
  return signed.length || !unclear ? signed : [['UNSUPPORTED_CURVE']]
}

async function ofCertificate (seal, certificate, trust, day) {
  const { issuer, isTrusted, isRevoked } = await trust.standing(certificate)
  const words = []
  if (!isTrusted) words.push('UNTRUSTED_CERTIFICATE')
  if (!allows(certificate, seal)) words.push('INVALID_DOCUMENTTYPE')
  const chain = issuer ? [certificate, issuer] : [certificate]
  if (!chain.every(each => each.firstDay <= day && day <= each.lastDay)) words.push('EXPIRED_CERTIFICATE')
  if (isRevoked) words.push('REVOKED_CERTIFICATE')
  if (!isReadable(certificate) && mayBeSigned(certificate, seal)) words.push('UNSUPPORTED_CURVE')
  else if (!await seals(certificate, seal.signed, seal.signature)) words.push('INVALID_SIGNATURE')
  return words
}

const mayBeSigned = ({ curve }, { signature }) => curve.size === null || signature.length === 2 * curve.size

function allows ({ documentTypes }, seal) {
  const kind = documentTypes && documentType(seal)
  return documentTypes === null || kind === null || documentTypes.has(kind) || documentTypes.has(kind.slice(0, 1))
}

// The letters at the beginning of the document's zone; null where it has none.
function documentType ({ header, features }) {
  const tags = ZONES[[header.feature_definition_ref, header.document_type_category]] ?? []
  const tag = tags.find(each => features.has(each))
  if (tag === undefined) return null
  return attempt(() => c40(features.get(tag).subarray(0, 2)).slice(0, 2).replace(/<+$/, '')) ?? ''
}

// What machines get, as from consular.lib.seal.
export function answer (told) {
  return {
    result: told.result,
    sub_indications: told.words,
    header: told.seal?.header ?? null,
    features: told.seal ? featuresAsJSON(told.seal.features) : [],
    visa: told.visa ? asJSON(told.visa) : null
  }
}
