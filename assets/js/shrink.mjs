// Makes photos smaller before they are sent: <input type="file" data-shrink>. A 12-megapixel
// photo of 3 MB becomes half a megabyte. Whatever fails, the file stays as it was chosen.

const LONGEST_SIDE = 2400
const SMALL_ENOUGH = 700_000

const busy = new Map()

export function shrinkPhotos (root) {
  for (const input of root.querySelectorAll('input[type="file"][data-shrink]')) {
    input.addEventListener('change', () => {
      input.dataset.busy = 'true'
      busy.set(input, shrinkChosen(input))
    })
    // Registered before submit-once counts: a press during the drawing sends the form afterwards.
    input.form?.addEventListener('submit', event => waitFor(input, event))
  }
}

async function shrinkChosen (input) {
  try {
    const list = new DataTransfer()
    for (const file of input.files) list.items.add(await smaller(file))
    input.files = list.files
  } catch {
    // The file is sent as it was chosen.
  } finally {
    delete input.dataset.busy
    busy.delete(input)
  }
}

async function smaller (file) {
  if (!file.type.startsWith('image/') || file.size < SMALL_ENOUGH) return file
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const blob = await drawn(picture)
  picture.close()
  if (!blob || blob.size >= file.size) return file
  // The same moment, so that an upload that was begun is known again.
  const { lastModified } = file
  return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg', lastModified })
}

function drawn (picture) {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  const pen = canvas.getContext('2d')
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise(resolve => canvas.toBlob(resolve, 'image/jpeg', 0.85))
}

async function waitFor (input, event) {
  if (!busy.has(input)) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const { submitter } = event
  await busy.get(input)
  input.form.requestSubmit(submitter)
}
