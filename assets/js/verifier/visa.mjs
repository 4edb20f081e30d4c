// What the features of a visa say (Doc 9303-7 §9).
import { c40, refuse, toHex } from './codec.mjs'
import { MRV_A, MRV_B, digitsHold, hasForm } from './zones.mjs'

const [ZONE_A, ZONE_B, ENTRIES, DURATION, PASSPORT, TYPE, ADDITIONAL] = [1, 2, 3, 4, 5, 6, 7]
const SIZES = { 1: [48, 48], 2: [44, 44], 3: [1, 1], 4: [3, 3], 5: [6, 6], 6: [1, 4], 7: [0, 254] }
const SECOND_LINE = 28
const STATUS = 0x90

// Throws WrongFormat when something is missing, or of the wrong size.
export function check (features) {
  for (const [tag, value] of features) {
    const [least, most] = SIZES[tag] ?? [0, Infinity]
    if (value.length < least || value.length > most) refuse('a value of a wrong length')
  }
  if (features.has(ZONE_A) === features.has(ZONE_B)) refuse('a visa has one of the tags 01 and 02')
  if (!features.has(DURATION) || !features.has(PASSPORT)) refuse('a visa has the tags 04 and 05')
}

export function decode (features) {
  check(features)
  const form = features.has(ZONE_A) ? MRV_A : MRV_B
  const zone = text(features.get(form === MRV_A ? ZONE_A : ZONE_B), form.length + SECOND_LINE)
  const passport = text(features.get(PASSPORT), 9).replace(/<+$/, '')
  return {
    form,
    zone: [zone.slice(0, form.length), zone.slice(form.length)],
    entries: features.get(ENTRIES)?.[0],
    duration: [...features.get(DURATION)],
    passport,
    type: features.get(TYPE),
    additional: features.get(ADDITIONAL)
  }
}

function text (value, length) {
  const found = c40(value)
  return found.length === length ? found : refuse('a text of the wrong length')
}

// Whether it is the zone of a visa whose check digits are right.
export function zoneHolds ({ form, zone }) {
  const lines = [zone[0], zone[1].padEnd(form.length, '<')]
  return hasForm(form, lines) && digitsHold(form, lines)
}

export const hasUnknownTags = features => [...features.keys()].some(tag => !(tag in SIZES))

// Where our own visas stand in the status list: [list, index]; null for others.
export function statusPlace (features) {
  const value = features.get(STATUS)
  if (value?.length !== 5) return null
  return [value[0] << 8 | value[1], value[2] << 16 | value[3] << 8 | value[4]]
}

export function asJSON (visa) {
  const fields = { [visa.form === MRV_A ? 'mrz_mrv_a' : 'mrz_mrv_b']: visa.zone }
  if (visa.entries !== undefined) fields.number_of_entries = visa.entries
  fields.duration_of_stay = visa.duration
  fields.passport_number = visa.passport
  if (visa.type) fields.visa_type_hex = toHex(visa.type)
  if (visa.additional) fields.additional_feature_hex = toHex(visa.additional)
  return fields
}
