// Sends large files in slices, so that a connection that breaks costs one slice and not the file:
// <input type="file" data-upload-url="/…/">. When all have arrived the form is sent with their keys
// in place of the files. docs/formats/resumable-upload.md. All words are attributes of the input.

const MOST_TRIES = 8
const FIRST_WAIT = 1000
const LONGEST_WAIT = 30000
const MEMORY = 'uploads'

let underWay = null

export function sendInSlices (root) {
  for (const input of root.querySelectorAll('input[type="file"][data-upload-url]')) {
    // Registered after the shrinking and before submit-once, which sees the form only when it goes.
    input.form?.addEventListener('submit', event => intercept(input, event))
  }
  document.addEventListener('submit', refuseMeanwhile, true)
  addEventListener('beforeunload', event => { if (underWay) event.preventDefault() })
  addEventListener('pageshow', () => root.querySelectorAll('[data-upload-url]').forEach(restore))
}

// Another form would lead away from the page and cut the sending short.
function refuseMeanwhile (event) {
  if (!underWay) return
  event.preventDefault()
  event.stopImmediatePropagation()
  underWay.refuse(underWay.input.dataset.uploadBusy)
}

function intercept (input, event) {
  const files = [...input.files]
  const slice = Number(input.dataset.uploadSlice)
  if (event.defaultPrevented || input.disabled || !files.some(file => file.size > slice)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  send(input, files, event.submitter)
}

async function send (input, files, submitter) {
  const shown = underWay = progressOf(input)
  try {
    const keys = []
    for (const [index, file] of files.entries()) keys.push(await arrived(input, file, shown, index + 1, files.length))
    shown.say(input.dataset.uploadDone)
    for (const key of keys) input.form.append(hidden(`${input.name}-sent`, key))
    input.disabled = true
    underWay = null
    input.form.requestSubmit(submitter)
  } catch (error) {
    underWay = null
    // Whoever is signed out, or whose server knows nothing of this, sends the form as it is.
    if (error instanceof Unknown) return sendPlainly(input, submitter)
    shown.fail(error instanceof Refusal ? error.message : input.dataset.uploadStopped)
  }
}

class Refusal extends Error {}
class Unknown extends Error {}
class Cut extends Error {}

// One file ------------------------------------------------------------------------------------

async function arrived (input, file, shown, number, files) {
  const tell = (words, offset) => shown.tell(words, { number, files, percent: Math.floor(100 * offset / file.size) })
  const digest = await digestOf(file)
  // A digest: on a shared computer nobody reads from it which files were sent.
  const what = [input.dataset.uploadUrl, file.name, file.size, file.lastModified, digest]
  const memory = await digestOf(new Blob(what.map(part => `${part}\n`)))
  let place = remembered(memory)
  let offset = place ? null : 0
  let tries = 0
  tell('uploadPreparing', 0)
  while (offset !== file.size) {
    try {
      if (!place) {
        place = await begun(input, file, digest)
        remember(memory, place)
      }
      offset = offset === null ? await asked(place) : await appended(input, place, file, offset)
      if (offset === null) {
        forget(memory)
        place = null
        offset = 0
      }
      tries = 0
      tell('uploadProgress', offset)
    } catch (error) {
      if (!(error instanceof Cut) || ++tries > MOST_TRIES) throw error
      tell('uploadWaiting', offset ?? 0)
      await pause(Math.min(FIRST_WAIT * 2 ** (tries - 1), LONGEST_WAIT))
      if (place) offset = null
    }
  }
  return place.split('/').at(-2)
}

async function begun (input, file, digest) {
  const headers = {
    'Upload-Length': String(file.size),
    'Upload-Complete': '?0',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(file.name)}`
  }
  if (digest) headers['Repr-Digest'] = `sha-256=:${digest}:`
  const answer = await ask(input, input.dataset.uploadUrl, 'POST', headers)
  if (answer.status !== 201) throw await refusalOf(answer)
  return answer.headers.get('Location')
}

// Where the upload ends; null where it is no more.
async function asked (place) {
  const answer = await ask(null, place, 'HEAD', {})
  if (answer.status === 404) return null
  return offsetOf(answer)
}

async function appended (input, place, file, offset) {
  const slice = file.slice(offset, offset + Number(input.dataset.uploadSlice))
  const headers = { 'Upload-Offset': String(offset), 'Content-Type': 'application/partial-upload' }
  const digest = await digestOf(slice)
  if (digest) headers['Content-Digest'] = `sha-256=:${digest}:`
  const answer = await ask(input, place, 'PATCH', headers, slice)
  if (answer.status === 404) return null
  if (answer.status === 204 || answer.status === 409) return offsetOf(answer) // 409: another tab was there first
  throw answer.status === 400 ? new Cut() : await refusalOf(answer)
}

function offsetOf (answer) {
  const offset = answer.headers.get('Upload-Offset')
  if (offset === null) throw new Unknown()
  return Number(offset)
}

async function ask (input, url, method, headers, body) {
  const token = input?.form.querySelector('[name="csrfmiddlewaretoken"]')?.value
  if (token) headers['X-CSRFToken'] = token
  let answer
  try {
    answer = await fetch(url, { method, headers, body, credentials: 'same-origin', redirect: 'manual' })
  } catch {
    throw new Cut()
  }
  if (answer.status >= 500 || answer.status === 429) throw new Cut()
  if (answer.type === 'opaqueredirect' || answer.status === 403) throw new Unknown()
  return answer
}

async function refusalOf (answer) {
  const isProblem = answer.headers.get('Content-Type')?.startsWith('application/problem+json')
  return isProblem && answer.status === 422 ? new Refusal((await answer.json()).detail) : new Unknown()
}

// Base64, '' where the browser keeps digests for secure pages alone.
async function digestOf (blob) {
  if (!globalThis.crypto?.subtle) return ''
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', await blob.arrayBuffer()))
  return btoa(String.fromCharCode(...bytes))
}

// Until the time is over, or the device says that it has a connection again.
function pause (time) {
  return new Promise(resolve => {
    const timer = setTimeout(done, time)
    addEventListener('online', done, { once: true })
    function done () {
      clearTimeout(timer)
      removeEventListener('online', done)
      resolve()
    }
  })
}

// What was begun, for the same file after a reload and in another tab --------------------------

function known () {
  try {
    return JSON.parse(localStorage.getItem(MEMORY)) || {}
  } catch {
    return {}
  }
}

function keep (places) {
  try {
    localStorage.setItem(MEMORY, JSON.stringify(places))
  } catch {
    // Then a reload begins anew.
  }
}

const remembered = name => name && known()[name]
const remember = (name, place) => name && keep(Object.fromEntries([...Object.entries(known()).slice(-20), [name, place]]))
const forget = name => keep(Object.fromEntries(Object.entries(known()).filter(([each]) => each !== name)))

// What is seen --------------------------------------------------------------------------------

function progressOf (input) {
  restore(input)
  const box = make('div', 'sending')
  const words = make('p', 'govuk-body')
  words.setAttribute('role', 'status')
  const bar = make('progress', 'sending__bar')
  bar.max = 100
  bar.value = 0
  bar.setAttribute('aria-hidden', 'true') // The words say it
  box.append(words, bar)
  input.after(box)
  let said = ''
  const say = text => { words.textContent = text }
  return {
    input,
    say,
    refuse (text) {
      const refused = box.querySelector('[role="alert"]') ?? box.appendChild(make('p', 'govuk-body'))
      refused.setAttribute('role', 'alert')
      refused.textContent = text
      box.scrollIntoView({ block: 'nearest' })
    },
    tell (name, figures) {
      bar.value = figures.percent
      // Read out at most every ten hundredths.
      const key = `${name} ${figures.number} ${Math.floor(figures.percent / 10)}`
      if (key !== said) say(filled(input.dataset[name], figures, input.dataset.digits))
      said = key
    },
    fail (text) {
      bar.remove()
      words.className = 'govuk-error-message'
      words.setAttribute('role', 'alert')
      say(text)
    }
  }
}

function filled (sentence, figures, digits) {
  return sentence.replace(/\{(\w+)\}/g, (whole, name) =>
    String(figures[name]).replace(/\d/g, digit => digits[digit]))
}

// The back button may bring the page as it was left.
function restore (input) {
  input.disabled = false
  input.parentElement.querySelectorAll('.sending').forEach(each => each.remove())
  input.form?.querySelectorAll(`[name="${input.name}-sent"]`).forEach(each => each.remove())
}

function sendPlainly (input, submitter) {
  restore(input)
  delete input.dataset.uploadUrl
  input.dataset.uploadSlice = String(Infinity)
  input.form.requestSubmit(submitter)
}

function hidden (name, value) {
  const field = make('input', '')
  Object.assign(field, { type: 'hidden', name, value })
  return field
}

function make (tag, name) {
  const element = document.createElement(tag)
  if (name) element.className = name
  return element
}
