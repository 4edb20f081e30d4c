// Checks seals as the page does, for the tests: `node twin.mjs FILE` reads
// {"at", "certificates": [hex of DER], "lists": [hex of DER], "seals": [hex]} and prints the answers as JSON.
import { readFileSync } from 'node:fs'

import { certificate, revocationList } from '../../../assets/js/verifier/certificates.mjs'
import { fromHex } from '../../../assets/js/verifier/codec.mjs'
import { Trust } from '../../../assets/js/verifier/trust.mjs'
import { answer, verify } from '../../../assets/js/verifier/verifying.mjs'

const { at, certificates, lists, seals } = JSON.parse(readFileSync(process.argv[2], 'utf8'))
const bytes = text => fromHex(text) ?? new Uint8Array()
const trust = new Trust(
  await Promise.all(certificates.map(each => certificate(bytes(each)))),
  lists.map(each => revocationList(bytes(each)))
)
const answers = []
for (const each of seals) answers.push(answer(await verify(bytes(each), trust, at)))
console.log(JSON.stringify(answers))
