// Saves what was typed when the page is left without pressing a button: <form method="post" data-autosave>.
// Only the questions that differ from what the server sent are posted, to the page's own address with ?draft. What a
// button sends goes first: it calls a draft off that is still on its way, so that no older text overtakes it.

const MOST_ON_LEAVING = 60000 // characters: browsers let requests of 64 KiB outlive their page

export function autosave (root) {
  for (const form of root.querySelectorAll('form[data-autosave]')) watch(form)
}

function watch (form) {
  const once = new Set()
  let [known, pending, isSubmitted] = ['', null, false]
  const save = () => {
    for (const name of changed(form)) once.add(name)
    const body = draft(form, once)
    if (isSubmitted || !once.size || String(body) === known) return
    known = String(body)
    pending?.abort()
    pending = new AbortController()
    post(body, pending.signal).catch(() => { known = '' })
  }
  form.addEventListener('submit', event => {
    if (event.defaultPrevented) return
    isSubmitted = true
    pending?.abort()
  })
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && save())
  addEventListener('pagehide', save)
  addEventListener('pageshow', () => { isSubmitted = false })
}

function post (body, signal) {
  const address = new URL(location.href)
  address.searchParams.set('draft', '')
  const keepalive = String(body).length < MOST_ON_LEAVING
  return fetch(address, { method: 'POST', body, keepalive, signal, redirect: 'manual' })
}

// Everything that the form would send; `shown` names the questions that the server takes of it.
function draft (form, names) {
  const typed = [...new FormData(form)].filter(([, value]) => typeof value === 'string')
  const body = new URLSearchParams(typed)
  body.set('shown', [...names].join(' '))
  return body
}

function changed (form) {
  const questions = form.elements.shown.value.split(' ')
  const controls = [...form.elements].filter(control => control.name && differs(control))
  return controls.map(control => questionOf(control.name, questions)).filter(Boolean)
}

// trip-details is of "trip-details", birth-on_day of "birth-on", jobs-3f9a01bc-name of "jobs"
function questionOf (name, questions) {
  const fitting = questions.filter(each => name === each || name.startsWith(`${each}_`) || name.startsWith(`${each}-`))
  return fitting.sort((one, other) => other.length - one.length)[0]
}

function differs (control) {
  if (['hidden', 'file', 'submit', 'button'].includes(control.type)) return false
  if (['checkbox', 'radio'].includes(control.type)) return control.checked !== control.defaultChecked
  if (control.options) return control.selectedIndex !== sentIndex(control)
  return control.value !== control.defaultValue
}

function sentIndex (select) {
  return Math.max(0, [...select.options].findIndex(option => option.defaultSelected))
}
