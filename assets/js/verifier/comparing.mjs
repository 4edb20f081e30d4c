// Whether a seal belongs to the visa that it is printed on, and to the passport that is shown (Doc 9303-7 §9.4).
import { parse } from './zones.mjs'

const SECOND_LINE = 28

export function withPrintedVisa (visa, lines) {
  const zone = parse(lines)
  if (!zone?.holds || !zone.isVisa) return ['INVALID_VISA_MRZ']
  const same = zone.lines[0] === visa.zone[0] && zone.lines[1].slice(0, SECOND_LINE) === visa.zone[1]
  return same ? [] : ['SEAL_VISA_MISMATCH']
}

export function withPassportZone (visa, lines) {
  const zone = parse(lines)
  if (!zone?.holds || zone.isVisa) return ['INVALID_PASSPORT_MRZ']
  const same = zone.nationality === nationality(visa) && zone.birth === visa.zone[1].slice(13, 19)
  return same && sameNumber(visa.passport, zone.number) ? [] : ['SEAL_PASSPORT_MISMATCH']
}

export function withPassport (visa, number, country) {
  const same = sameNumber(visa.passport, number) && nationality(visa) === country.trim().toUpperCase()
  return same ? [] : ['SEAL_PASSPORT_MISMATCH']
}

export const nationality = visa => visa.zone[1].slice(10, 13).replace(/<+$/, '')

// The characters that a seal has room for, which are nine, letters and digits alone.
function sameNumber (sealed, presented) {
  return sealed.replaceAll('<', '') === presented.toUpperCase().replace(/[^A-Z0-9]/g, '').slice(0, 9)
}
