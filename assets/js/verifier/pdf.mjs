// The seal in a PDF: the file that we attach to each visa, or a scan that is one JPEG a page.
// The streams of attachments and pictures are found by their words; no other part of the PDF is read or believed.
import { unpacked } from './bundle.mjs'

const MOST_PICTURES = 30
const LONGEST_SEAL = 4096
const HEAD = 1024 // bytes before a stream in which its dictionary begins

export const isPDF = data => text(data.subarray(0, 1024)).includes('%PDF-')

// The first attachment that begins like a seal, or null.
export async function attachedSeal (data) {
  for (const { dictionary, content } of streams(data)) {
    if (!dictionary.includes('/EmbeddedFile')) continue
    const found = await plain(dictionary, content)
    if (found?.[0] === 0xDC) return found
  }
  return null
}

// The pictures of a scan, as JPEG.
export function pictures (data) {
  const found = [...streams(data)].filter(each => /\/Filter\s*\[?\s*\/DCTDecode/.test(each.dictionary))
  return found.slice(0, MOST_PICTURES).map(each => new Blob([each.content], { type: 'image/jpeg' }))
}

async function plain (dictionary, content) {
  if (!dictionary.includes('/Filter')) return content.length <= LONGEST_SEAL + 2 ? withoutLineEnd(dictionary, content) : null
  if (!/\/Filter\s*\[?\s*\/FlateDecode\s*[\]/>\s]/.test(dictionary)) return null
  return unpacked(content, LONGEST_SEAL).catch(() => null)
}

function withoutLineEnd (dictionary, content) {
  const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(dictionary)
  return length ? content.subarray(0, Number(length[1])) : content
}

function * streams (data) {
  const whole = text(data)
  for (let at = whole.indexOf('stream'); at >= 0; at = whole.indexOf('stream', at + 6)) {
    const after = /^\r?\n/.exec(whole.slice(at + 6, at + 8))
    if (!after || whole.slice(at - 3, at) === 'end') continue
    const end = whole.indexOf('endstream', at)
    if (end < 0) return
    const before = whole.slice(Math.max(0, at - HEAD), at)
    const dictionary = before.slice(before.lastIndexOf(' obj') + 1)
    yield { dictionary, content: data.subarray(at + 6 + after[0].length, end) }
    at = end
  }
}

// One character a byte.
const text = data => new TextDecoder('latin1').decode(data)
