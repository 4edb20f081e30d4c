// A form is sent once: a second press within its answer is ignored. No button is disabled, because
// a disabled button is not read out and its name would be missing from what is sent.

export function submitOnce (root) {
  for (const form of root.querySelectorAll('form[method="post"]')) {
    form.addEventListener('submit', event => {
      if (event.defaultPrevented) return
      if (form.dataset.sent) event.preventDefault()
      form.dataset.sent = 'true'
      setTimeout(() => delete form.dataset.sent, 10000)
    })
  }
  // The back button may bring the page as it was left.
  addEventListener('pageshow', () => {
    for (const form of root.querySelectorAll('form[data-sent]')) delete form.dataset.sent
  })
}
