// Machine-readable zones of Doc 9303, parts 3 to 7: form and check digits. The twin of consular/lib/mrz.

const VALUES = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const WEIGHTS = [7, 3, 1]
const LINE = /^[A-Z0-9<]+$/

const twoLines = (name, length, kinds, more = {}) => ({
  name, lines: 2, length, kinds, number: [1, 0, 9], nationality: [1, 10, 13], birth: [1, 13, 19], expiry: [1, 21, 27], ...more
})
export const MRV_A = twoLines('MRV-A', 44, 'V')
export const MRV_B = twoLines('MRV-B', 36, 'V')
const TD3 = twoLines('TD3', 44, 'P', {
  optional: [1, 28, 42],
  optionalDigit: [1, 42, 43],
  composite: [[1, 0, 10], [1, 13, 20], [1, 21, 43]],
  compositeDigit: [1, 43, 44]
})
const TD2 = twoLines('TD2', 36, 'ACI', {
  optional: [1, 28, 35],
  composite: [[1, 0, 10], [1, 13, 20], [1, 21, 35]],
  compositeDigit: [1, 35, 36],
  longNumber: true
})
const TD1 = {
  name: 'TD1',
  lines: 3,
  length: 30,
  kinds: 'ACI',
  number: [0, 5, 14],
  nationality: [1, 15, 18],
  birth: [1, 0, 6],
  expiry: [1, 8, 14],
  optional: [0, 15, 30],
  composite: [[0, 5, 30], [1, 0, 7], [1, 8, 15], [1, 18, 29]],
  compositeDigit: [1, 29, 30],
  longNumber: true
}
const FORMATS = [TD3, TD1, TD2, MRV_A, MRV_B]

export function checkDigit (text) {
  const sum = [...text].reduce((sum, each, place) => sum + valueOf(each) * WEIGHTS[place % 3], 0)
  return String(sum % 10)
}

const valueOf = character => character === '<' ? 0 : VALUES.indexOf(character)
const cut = (lines, [line, first, end]) => lines[line].slice(first, end)
const digitAfter = (lines, [line, , end]) => lines[line][end]
const holds = (lines, place) => checkDigit(cut(lines, place)) === digitAfter(lines, place)

export function hasForm (form, lines) {
  return lines.length === form.lines && lines.every(each => each.length === form.length && LINE.test(each)) &&
    form.kinds.includes(lines[0][0])
}

// What the lines of a zone say that can be compared, and whether all check digits hold; null when they are no zone.
export function parse (lines) {
  const form = FORMATS.find(each => hasForm(each, lines))
  if (!form) return null
  return {
    format: form.name,
    isVisa: form.kinds === 'V',
    lines,
    number: numberOf(form, lines),
    nationality: cut(lines, form.nationality).replace(/<+$/, ''),
    birth: cut(lines, form.birth),
    expiry: cut(lines, form.expiry),
    holds: digitsHold(form, lines)
  }
}

function numberOf (form, lines) {
  let number = cut(lines, form.number)
  const more = isLong(form, lines) ? cut(lines, form.optional).replace(/<+$/, '').split('<')[0] : ''
  if (more) number += more.slice(0, -1)
  return number.replace(/<+$/, '')
}

// A number of more than nine characters goes on in the optional data.
const isLong = (form, lines) => form.longNumber && digitAfter(lines, form.number) === '<'

export function digitsHold (form, lines) {
  return numberHolds(form, lines) && holds(lines, form.birth) && holds(lines, form.expiry) &&
    (!form.optionalDigit || optionalHolds(form, lines)) &&
    (!form.compositeDigit ||
      checkDigit(form.composite.map(each => cut(lines, each)).join('')) === cut(lines, form.compositeDigit))
}

function numberHolds (form, lines) {
  if (!isLong(form, lines)) return holds(lines, form.number)
  const more = cut(lines, form.optional).split('<')[0]
  return more !== '' && checkDigit(cut(lines, form.number) + more.slice(0, -1)) === more.slice(-1)
}

function optionalHolds (form, lines) {
  const [text, digit] = [cut(lines, form.optional), cut(lines, form.optionalDigit)]
  return digit === checkDigit(text) || (/^<*$/.test(text) && digit === '<')
}

// The lines that somebody typed: capitals, no spaces, an empty line ends nothing.
export function typedLines (text) {
  return text.toUpperCase().split(/\r?\n/).map(each => each.replace(/\s/g, '')).filter(each => each)
}
