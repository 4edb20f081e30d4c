// Puts a verdict on the page. All words are the page's own (templates/verifier/); what a seal says enters as text.
import { nationality } from './comparing.mjs'
import { birthDate, lastDay } from './outcome.mjs'

const { lang } = document.documentElement
const LANGUAGE = { en: 'en-GB' }[lang] ?? lang // day before month, as on every page
const BOTH_CALENDARS = lang === 'fa'

export const element = id => document.getElementById(id)

// Shows one of the views, and the others not: ask, busy, camera, told. What stands below would move while one waits.
export function view (name) {
  for (const each of ['ask', 'busy', 'camera', 'told']) element(each).hidden = each !== name
  element('lists').hidden = name === 'busy' || name === 'camera'
}

export function showOutcome (name, words) {
  const panel = document.querySelector(`template[data-outcome="${name}"]`)
  const verdict = element('verdict')
  verdict.className = `verdict verdict--${panel.dataset.level}`
  verdict.dataset.outcome = name
  verdict.replaceChildren(panel.content.cloneNode(true), icaoWords(words))
  view('told')
  verdict.focus({ preventScroll: true })
  window.scrollTo(0, 0)
}

function icaoWords (words) {
  const line = element('icao').content.cloneNode(true)
  const place = line.querySelector('[data-words]')
  place.textContent = words.join(', ')
  return words.length ? line : document.createDocumentFragment()
}

// Fills the list of fields from the seal; a row without a value is not shown.
export function showFields (told, day) {
  const values = told.visa ? { ...ofHeader(told.seal.header), ...ofVisa(told.visa, day) } : {}
  for (const place of document.querySelectorAll('[data-field]')) {
    place.textContent = values[place.dataset.field] ?? ''
    place.closest('.govuk-summary-list__row').hidden = !place.textContent
  }
  element('fields').hidden = !told.visa
}

// Whether the fields are proven by a signature, or only claimed.
export function showProof (proven, claimed) {
  element('from-the-seal').hidden = !proven
  element('claimed').hidden = !claimed
  element('compare').hidden = !proven
}

const ofHeader = header => ({
  country: header.country,
  issued: inWords(header.issue_date),
  signer: `${header.signer} ${header.cert_ref}`
})

function ofVisa (visa, day) {
  const [first, second] = visa.zone
  const [surname, given = ''] = first.slice(5).split('<<').map(each => each.replaceAll('<', ' ').trim())
  return {
    surname,
    given,
    number: second.slice(0, 9).replace(/<+$/, ''),
    passport: visa.passport,
    nationality: nationality(visa),
    birth: inWords(birthDate(visa, day)) ?? second.slice(13, 19),
    sex: word(`sex_${second[20]}`) ?? '',
    until: inWords(lastDay(visa, day)) ?? second.slice(21, 27),
    entries: visa.entries === 0 ? word('any_number') : visa.entries?.toLocaleString(LANGUAGE),
    stay: stay(visa.duration)
  }
}

function stay (duration) {
  const special = word(`stay_${duration.join('_')}`)
  if (special) return special
  const units = ['day', 'month', 'year'].map((unit, place) => [unit, duration[place]]).filter(([, count]) => count)
  const written = units.map(([unit, count]) => new Intl.NumberFormat(LANGUAGE, { style: 'unit', unit, unitDisplay: 'long' }).format(count))
  return new Intl.ListFormat(LANGUAGE).format(written)
}

// A day in the reader's language; in Persian the Solar Hijri date with the Gregorian one beside it.
function inWords (day) {
  if (!day) return undefined
  const written = calendar => new Intl.DateTimeFormat(`${LANGUAGE}-u-ca-${calendar}`, {
    day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC'
  }).format(new Date(`${day}T00:00Z`))
  return BOTH_CALENDARS ? `${written('persian')} (${written('gregory')})` : written('gregory')
}

export function showLists (state, issuedAt) {
  for (const each of document.querySelectorAll('[data-lists]')) each.hidden = each.dataset.lists !== state
  const moment = new Intl.DateTimeFormat(LANGUAGE, { dateStyle: 'long', timeStyle: 'short' })
  for (const each of document.querySelectorAll('[data-as-of]')) {
    each.textContent = issuedAt ? moment.format(new Date(issuedAt)) : ''
    each.dateTime = issuedAt ? new Date(issuedAt).toISOString() : ''
  }
}

const word = name => element('words').content.querySelector(`[data-word="${name}"]`)?.textContent
