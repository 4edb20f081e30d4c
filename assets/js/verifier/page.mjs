// The page that checks a visa without a connection. Nothing that it reads is kept, nor sent anywhere.
import { statusAt } from './bundle.mjs'
import { fragment, fromFragment, inCode } from './carrying.mjs'
import { fromHex } from './codec.mjs'
import { withPassport, withPassportZone, withPrintedVisa } from './comparing.mjs'
import { Lists } from './lists.mjs'
import { outcome } from './outcome.mjs'
import { attachedSeal, isPDF, pictures } from './pdf.mjs'
import { element, showFields, showLists, showOutcome, showProof, view } from './showing.mjs'
import { having, verdict, verify } from './verifying.mjs'
import { statusPlace } from './visa.mjs'
import { parse, typedLines } from './zones.mjs'

const { bundle, scan, wasm, worker, keys } = element('verifier').dataset
const LARGEST_FILE = 100e6 // bytes
const A_MOMENT = 250 // ms between two looks through the camera
const NOT_PROVEN = ['WRONG_FORMAT', 'UNKNOWN_CERTIFICATE', 'UNTRUSTED_CERTIFICATE', 'INVALID_SIGNATURE', 'UNSUPPORTED_CURVE', 'REVOKED_CERTIFICATE']

const lists = new Lists(bundle, JSON.parse(keys))
let current = null // the seal on the page, its verdict and its status
let stream = null
let turn = 0 // what was asked for later wins

// Checking

async function check (seal) {
  const mine = ++turn
  view('busy')
  await lists.renew()
  const told = seal ? await verify(seal, trust(), lists.day()) : verdict(['READ_ERROR'])
  const place = told.visa && statusPlace(told.seal.features)
  const status = place && lists.bundle ? await statusAt(lists.bundle, place, Date.now()) : null
  if (mine !== turn) return
  current = { seal, told, status }
  show(told, false)
}

const trust = () => lists.bundle?.trust ?? NOBODY
const NOBODY = { signers: () => [] }

function show (told, compared) {
  const day = lists.day()
  const name = outcome(told, { status: current.status, lists: lists.state(), day, compared })
  const proven = Boolean(told.visa) && !told.words.some(each => NOT_PROVEN.includes(each))
  showLists(lists.state(), lists.bundle?.issuedAt)
  showProof(proven, Boolean(told.visa) && !proven)
  showFields(told, day)
  showOutcome(name, [told.result, ...told.words.filter(each => ![told.result, 'UNKNOWN_FEATURE'].includes(each))])
}

// Comparing with the passport in hand

function compare (event) {
  event.preventDefault()
  const { visa } = current.told
  const [number, country] = [element('passport').value, element('nationality').value]
  const lines = typedLines(element('passport-zone').value)
  const words = []
  if (number || country || !lines.length) words.push(...withPassport(visa, number, country))
  if (lines.length) words.push(...(lines[0].startsWith('V') ? withPrintedVisa : withPassportZone)(visa, lines))
  show(having(current.told, words), !lines[0]?.startsWith('V') || Boolean(number))
}

// A zone without a seal: it can contradict itself, and prove nothing

function checkZone (event) {
  event.preventDefault()
  const zone = parse(typedLines(element('zone').value))
  clear()
  showOutcome(zone?.isVisa && zone.holds ? 'ZONE_HOLDS' : 'ZONE_WRONG', [])
}

// Where a seal comes from

function readFragment () {
  const text = location.hash.slice(1)
  if (!text || element(text)) return false
  history.replaceState(null, '', location.pathname)
  check(fromFragment(text) ?? new Uint8Array())
  return true
}

async function readFile (event) {
  const [file] = event.target.files
  event.target.value = ''
  if (!file) return
  const mine = ++turn
  view('busy')
  const seal = await inFile(file).catch(() => null)
  if (mine === turn) check(seal)
}

async function inFile (file) {
  if (file.size > LARGEST_FILE) return null
  const data = new Uint8Array(await file.arrayBuffer())
  if (!isPDF(data)) return await inPictures([file]) ?? inCode(data)
  return await attachedSeal(data) ?? inPictures(pictures(data))
}

async function inPictures (files) {
  const { inPicture } = await scanner()
  for (const each of files) {
    const found = await inPicture(each)
    if (found) return found
  }
  return null
}

let loading = null
const scanner = () => (loading ??= loadScanner().catch(error => {
  loading = null
  throw error
}))

async function loadScanner () {
  const module = await import(scan)
  await module.prepare(wasm)
  return module
}

async function startCamera () {
  const mine = ++turn
  const video = element('video')
  element('no-camera').hidden = true
  try {
    const [found, module] = await Promise.all([askForCamera(), scanner()])
    if (mine !== turn) return stop(found)
    stream = video.srcObject = found
    view('camera')
    element('stop').focus()
    await video.play()
    await look(video, module, mine)
  } catch {
    if (mine !== turn) return
    clear()
    element('no-camera').hidden = false
  }
}

const askForCamera = () =>
  navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment', width: { ideal: 1920 } }, audio: false })

async function look (video, { inFrame }, mine) {
  while (mine === turn) {
    const seal = await inFrame(video, video.videoWidth, video.videoHeight)
    if (mine !== turn) return
    if (seal) {
      stopCamera()
      return check(seal)
    }
    await new Promise(resolve => setTimeout(resolve, A_MOMENT))
  }
}

function stopCamera () {
  if (stream) stop(stream)
  stream = element('video').srcObject = null
}

const stop = stream => stream.getTracks().forEach(each => each.stop())

// Nothing stays

function clear () {
  turn++
  current = null
  stopCamera()
  for (const form of document.forms) form.reset()
  element('verdict').replaceChildren()
  showFields({ visa: null })
  showProof(false, false)
  view('ask')
}

function startAnew () {
  clear()
  element('start').focus()
}

// The seal goes along to the page in another language, behind the #.
function takeAlong (event) {
  const link = event.target.closest('a[hreflang]')
  if (!link || !current?.seal) return
  event.preventDefault()
  location.assign(`${link.pathname}#${fragment(current.seal)}`)
}

async function keepPage () {
  try {
    await navigator.serviceWorker.register(worker, { scope: '/v' })
    await navigator.serviceWorker.ready
    element('ready').hidden = false
  } catch {
    // It goes on with a connection only, and does not say otherwise.
  }
}

async function renewLists () {
  await lists.renew()
  showLists(lists.state(), lists.bundle?.issuedAt)
}

element('camera-start').addEventListener('click', startCamera)
element('stop').addEventListener('click', startAnew)
element('again').addEventListener('click', startAnew)
element('file').addEventListener('change', readFile)
element('zone-form').addEventListener('submit', checkZone)
element('compare-form').addEventListener('submit', compare)
element('hex-form').addEventListener('submit', event => {
  event.preventDefault()
  check(fromHex(element('hex').value) ?? new Uint8Array())
})
document.addEventListener('click', takeAlong)
window.addEventListener('hashchange', readFragment)
window.addEventListener('pagehide', clear)
document.addEventListener('visibilitychange', () => document.hidden && stream && startAnew())

element('camera-start').hidden = !navigator.mediaDevices?.getUserMedia
await lists.load()
showLists(lists.state(), lists.bundle?.issuedAt)
if (!readFragment()) {
  clear()
  renewLists()
}
element('verifier').hidden = false
keepPage()
