// Bar codes in pictures and from the camera: zxing-cpp as WebAssembly, from our own server, loaded when first asked for.
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

import { inCode } from './carrying.mjs'

const LONGEST_SIDE = 4000 // pixels: what a seal needs, and what a telephone has memory for
const OPTIONS = { formats: ['DataMatrix', 'QRCode', 'Aztec'], tryHarder: true, tryRotate: true, tryInvert: true, tryDownscale: true, maxNumberOfSymbols: 8 }

export async function prepare (wasm) {
  await prepareZXingModule({ overrides: { locateFile: () => wasm }, fireImmediately: true })
}

// The first seal in a picture, or null. What is no picture is none.
export async function inPicture (blob) {
  const bitmap = await createImageBitmap(blob).catch(() => null)
  if (!bitmap) return null
  const scale = Math.min(1, LONGEST_SIDE / Math.max(bitmap.width, bitmap.height))
  const found = await inFrame(bitmap, Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
  bitmap.close()
  return found
}

// The first seal in what can be drawn: a picture, or a moment of a video.
export async function inFrame (source, width, height) {
  if (!width || !height) return null
  const canvas = Object.assign(document.createElement('canvas'), { width, height })
  const context = canvas.getContext('2d', { willReadFrequently: true })
  context.drawImage(source, 0, 0, width, height)
  const codes = await readBarcodes(context.getImageData(0, 0, width, height), OPTIONS)
  return codes.map(each => inCode(each.bytes)).find(Boolean) ?? null
}
