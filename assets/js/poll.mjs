// Asks now and then whether a part of the page has news: <div data-poll-url="/…/" id="state">.
// The answer is that element's HTML, or 304 with its ETag, or 204 when there is nothing more to
// wait for. Without JavaScript the page has a plain link "Check again".

const FIRST_WAIT = 3000
const LONGEST_WAIT = 60000

export function pollStatus (root) {
  for (const element of root.querySelectorAll('[data-poll-url]')) wait(element, FIRST_WAIT, '')
}

function wait (element, delay, tag) {
  setTimeout(() => document.hidden ? wait(element, delay, tag) : ask(element, delay, tag), delay)
}

async function ask (element, delay, tag) {
  const next = Math.min(delay * 1.5, LONGEST_WAIT)
  try {
    const headers = tag ? { 'If-None-Match': tag } : {}
    const answer = await fetch(element.dataset.pollUrl, { headers, credentials: 'same-origin' })
    if (answer.status === 204 || (answer.status >= 400 && answer.status < 500)) return
    if (answer.status === 200) element.innerHTML = await answer.text()
    if (!element.isConnected) return
    wait(element, answer.status === 200 ? FIRST_WAIT : next, answer.headers.get('ETag') || tag)
  } catch {
    wait(element, next, tag)
  }
}
