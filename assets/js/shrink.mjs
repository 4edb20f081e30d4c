// Makes photos smaller before they are sent: <input type="file" data-shrink>. A 12-megapixel
// photo of 3 MB becomes half a megabyte. Whatever fails, the file stays as it was chosen.

const LONGEST_SIDE = 2400
const SMALL_ENOUGH = 700_000

export function shrinkPhotos (root) {
  for (const input of root.querySelectorAll('input[type="file"][data-shrink]')) {
    input.addEventListener('change', () => { input.shrinking = shrinkChosen(input) })
    input.form?.addEventListener('submit', event => waitFor(input, event))
  }
}

async function shrinkChosen (input) {
  try {
    const list = new DataTransfer()
    for (const file of input.files) list.items.add(await smaller(file))
    input.files = list.files
  } catch {
    // The file as chosen is sent.
  } finally {
    input.shrinking = null
  }
}

async function smaller (file) {
  if (!file.type.startsWith('image/') || file.size < SMALL_ENOUGH) return file
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' })
  const blob = await drawn(picture)
  picture.close()
  if (!blob || blob.size >= file.size) return file
  return new File([blob], file.name.replace(/\.\w+$/, '') + '.jpg', { type: 'image/jpeg' })
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

// Pressing the button while a photo is still being drawn sends the form when it is ready.
async function waitFor (input, event) {
  if (!input.shrinking) return
  event.preventDefault()
  event.stopImmediatePropagation()
  const { submitter } = event
  await input.shrinking
  input.form.requestSubmit(submitter)
}
