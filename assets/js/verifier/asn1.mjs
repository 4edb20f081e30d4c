// DER, as far as certificates and revocation lists of seals need it. Throws an Error for whatever is not DER.
import { toHex } from './codec.mjs'

export const BOOLEAN = 0x01
export const INTEGER = 0x02
export const BIT_STRING = 0x03
export const OCTET_STRING = 0x04
export const OID = 0x06
export const SEQUENCE = 0x30
export const SET = 0x31
export const UTC_TIME = 0x17
export const GENERALIZED_TIME = 0x18

// The element at the beginning: its tag, content, all of its bytes, and what follows.
function element (data) {
  if (data.length < 2 || (data[0] & 0x1F) === 0x1F) throw new Error('not DER')
  let [length, begin] = [data[1], 2]
  if (length > 0x80 && length <= 0x84) {
    begin += length - 0x80
    length = data.subarray(2, begin).reduce((sum, each) => sum * 256 + each, 0)
  } else if (length >= 0x80) throw new Error('not DER')
  if (begin + length > data.length) throw new Error('not DER')
  return { tag: data[0], content: data.subarray(begin, begin + length), whole: data.subarray(0, begin + length) }
}

export function elements (data) {
  const found = []
  for (let rest = data; rest.length; rest = rest.subarray(found.at(-1).whole.length)) found.push(element(rest))
  return found
}

// The elements inside one that must have this tag.
export function inside (item, tag = SEQUENCE) {
  return elements(content(item, tag))
}

export function content (item, tag) {
  if (item?.tag !== tag) throw new Error('another element than expected')
  return item.content
}

export function only (data) {
  const [first, ...more] = elements(data)
  if (!first || more.length) throw new Error('not one element')
  return first
}

export const oid = item => toHex(content(item, OID))

export function integer (item) {
  const data = content(item, INTEGER)
  return BigInt.asIntN(8 * data.length, BigInt('0x' + toHex(data)))
}

// The bytes of a bit string; those of a key or a signature are whole.
export function bits (item) {
  return content(item, BIT_STRING).subarray(1)
}

// The day of a time in UTC, as YYYY-MM-DD.
export function day (item) {
  const text = new TextDecoder().decode(item.content)
  const years = item.tag === GENERALIZED_TIME ? 4 : 2
  if (![UTC_TIME, GENERALIZED_TIME].includes(item.tag) || !/^\d+Z$/.test(text)) throw new Error('not a time')
  const year = years === 4 ? text.slice(0, 4) : (text.slice(0, 2) < '50' ? '20' : '19') + text.slice(0, 2)
  return `${year}-${text.slice(years, years + 2)}-${text.slice(years + 2, years + 4)}`
}
