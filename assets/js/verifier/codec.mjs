// The small parts of a seal: C40, dates, lengths (docs/formats/seal.md, Bytes). The twin of consular/lib/seal.
// Whatever is not exactly as told there is a WrongFormat.

export class WrongFormat extends Error {}

export function refuse (why) {
  throw new WrongFormat(why)
}

const FILLER = '<'
const ALPHABET = '   <0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ' // the place is the value
const FIRST = 3
const UNLATCH = 0xFE // one character is left over; it follows in ASCII, plus one
const LEFT_OVER = new Map(
  [...ALPHABET.slice(FIRST)].map(each => [(each === FILLER ? ' ' : each).charCodeAt(0) + 1, each])
)

export function c40 (data) {
  if (data.length % 2) refuse('C40 comes in pairs of bytes')
  let text = ''
  for (let place = 0; place < data.length; place += 2) {
    text += characters(data[place], data[place + 1], place === data.length - 2)
  }
  return text
}

function characters (high, low, isLast) {
  if (high === UNLATCH && isLast && LEFT_OVER.has(low)) return LEFT_OVER.get(low)
  const number = (high << 8 | low) - 1
  const first = Math.floor(number / 1600)
  const second = Math.floor(number % 1600 / 40)
  const third = number % 40
  if (first < FIRST || first >= ALPHABET.length || second < FIRST) refuse('not a pair of C40')
  if (third >= FIRST) return ALPHABET[first] + ALPHABET[second] + ALPHABET[third]
  if (third !== 0 || !isLast) refuse('not a pair of C40')
  return ALPHABET[first] + ALPHABET[second]
}

// How many bytes so many characters take.
export const c40Length = characters => 2 * Math.ceil(characters / 3)

// Three bytes, the number MMDDYYYY, as YYYY-MM-DD.
export function date (data) {
  const number = data[0] << 16 | data[1] << 8 | data[2]
  const [year, month, day] = [number % 10000, Math.floor(number / 1000000), Math.floor(number / 10000) % 100]
  return isoDate(year, month, day) ?? refuse('not a date')
}

export function isoDate (year, month, day) {
  if (year < 1 || month < 1 || month > 12 || day < 1 || day > daysOf(year, month)) return null
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}

function daysOf (year, month) {
  const leaps = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 ? 28 + leaps : 30 + ((month + (month > 7)) % 2)
}

export function byteAt (data, place) {
  return place < data.length ? data[place] : refuse('it ends too early')
}

// The length that stands at a place, and the place after it: a byte in version 3, minimal DER in version 4.
export function lengthAt (data, place, version) {
  const head = byteAt(data, place)
  if (version === 3 || head < 0x80) return [head, place + 1]
  const size = { 0x81: 1, 0x82: 2 }[head]
  if (!size || place + 1 + size > data.length) refuse('not a length')
  const value = size === 1 ? data[place + 1] : data[place + 1] << 8 | data[place + 2]
  if (value < (size === 1 ? 0x80 : 0x100)) refuse('a longer length than needed')
  return [value, place + 1 + size]
}

export function valueAt (data, place, version) {
  const [size, begin] = lengthAt(data, place, version)
  if (begin + size > data.length) refuse('it ends in a value')
  return [data.subarray(begin, begin + size), begin + size]
}

export const toHex = data => [...data].map(each => each.toString(16).padStart(2, '0')).join('')

export function fromHex (text) {
  const digits = text.replace(/[\s:,]|0x/gi, '')
  if (!/^([0-9a-f]{2})+$/i.test(digits)) return null
  return Uint8Array.from(digits.match(/../g), each => parseInt(each, 16))
}
