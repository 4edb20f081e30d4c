// Warns before the session ends: <div data-session-left="seconds" data-session-age="seconds" data-session-warn="seconds">
// with a hidden part that says so and holds the form "Stay signed in". Nothing is asked of the server meanwhile: staying
// is the reader's own doing. Sent by script, the form leaves what is being typed where it is.

const LOOK = 15000

export function warnBeforeTheEnd (root) {
  for (const element of root.querySelectorAll('[data-session-left]')) watch(element)
}

function watch (element) {
  const { sessionLeft, sessionAge, sessionWarn } = element.dataset
  const [warning, form] = [element.querySelector('[data-session-warning]'), element.querySelector('form')]
  let end = Date.now() + sessionLeft * 1000
  const look = () => { warning.hidden = Date.now() < end - sessionWarn * 1000 }
  // A device that slept wakes up late: the clock is looked at again and again.
  setInterval(look, LOOK)
  document.addEventListener('visibilitychange', look)
  look()
  form.addEventListener('submit', async event => {
    event.preventDefault()
    if (!await stays(form)) return form.submit()
    end = Date.now() + sessionAge * 1000
    look()
  })
}

async function stays (form) {
  const body = new URLSearchParams(new FormData(form))
  body.set('quiet', 'yes')
  try {
    const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' })
    return answer.status === 204
  } catch {
    return false
  }
}
