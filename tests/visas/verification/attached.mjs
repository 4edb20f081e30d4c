// Prints in hexadecimal the seal that the page finds in a PDF: `node attached.mjs FILE`.
import { readFileSync } from 'node:fs'

import { toHex } from '../../../assets/js/verifier/codec.mjs'
import { attachedSeal, isPDF } from '../../../assets/js/verifier/pdf.mjs'

const data = new Uint8Array(readFileSync(process.argv[2]))
console.log(isPDF(data) ? toHex(await attachedSeal(data) ?? []) : 'no PDF')
