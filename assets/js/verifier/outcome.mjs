// What the page says in the end: the word of ICAO, or what the lists say of a visa whose seal is good.
import { isoDate } from './codec.mjs'
import { isVisa } from './seal.mjs'

const BY_LISTS = { NONE: 'NO_LISTS', CLOCK: 'CLOCK_WRONG', OLD: 'LISTS_OLD' }

// `status` is a word of the status list or null, `lists` the state of the lists, `compared` whether the passport
// was compared, `day` today. IN_FORCE only where everything is known and good.
export function outcome (told, { status, lists, day, compared }) {
  if (lists === 'NONE' && told.seal) return 'NO_LISTS'
  if (told.result !== 'VALID') return told.result
  if (!told.visa || !isVisa(told.seal.header)) return 'OTHER_DOCUMENT'
  if (['REVOKED', 'SUSPENDED'].includes(status)) return status
  const until = lastDay(told.visa, day)
  if (lists !== 'CLOCK' && until && until < day) return 'ENDED'
  if (status === 'USED') return 'USED'
  if (lists !== 'FRESH') return BY_LISTS[lists]
  if (status !== 'IN_FORCE' || !until) return 'STATUS_UNKNOWN'
  return compared ? 'IN_FORCE_FOR_PASSPORT' : 'IN_FORCE'
}

// The last day in the zone, within fifty years of today; null if it is no date.
export function lastDay ({ zone }, day) {
  return nearest(zone[1].slice(21, 27), Number(day.slice(0, 4)))
}

// The birth date: the latest that is not after today.
export function birthDate ({ zone }, day) {
  const found = dates(zone[1].slice(13, 19), Number(day.slice(0, 4))).filter(each => each <= day)
  return found.at(-1) ?? null
}

function nearest (text, year) {
  const away = each => Math.abs(Number(each.slice(0, 4)) - year)
  return dates(text, year).sort((a, b) => away(a) - away(b))[0] ?? null
}

// What yymmdd may mean in the last century, this and the next, in order.
function dates (text, year) {
  if (!/^\d{6}$/.test(text)) return []
  const century = Math.floor(year / 100) * 100
  const [yy, month, day] = text.match(/../g).map(Number)
  return [-100, 0, 100].map(shift => isoDate(century + shift + yy, month, day)).filter(Boolean)
}
