// How bar codes and addresses carry a seal: its bytes, or base32 behind the first `#`.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const MAGIC = 0xDC

export function fragment (seal) {
  let [text, kept, held] = ['', 0, 0]
  for (const each of seal) {
    [held, kept] = [(held << 8 | each) & 0xFFF, kept + 8]
    for (; kept >= 5; kept -= 5) text += ALPHABET[held >> (kept - 5) & 31]
  }
  return kept ? text + ALPHABET[held << (5 - kept) & 31] : text
}

// The seal in what a bar code holds, or null; whether it is one that can be read is not asked.
export function inCode (payload) {
  if (payload[0] === MAGIC) return payload
  const mark = payload.indexOf(0x23)
  return mark < 0 ? null : fromFragment(new TextDecoder().decode(payload.subarray(mark + 1)))
}

// The seal behind a `#`; null when something else stands there.
export function fromFragment (text) {
  const letters = text.toUpperCase().replace(/=+$/, '')
  if (!/^[A-Z2-7]+$/.test(letters) || [1, 3, 6].includes(letters.length % 8)) return null
  const seal = new Uint8Array(Math.floor(letters.length * 5 / 8))
  let [place, kept, held] = [0, 0, 0]
  for (const each of letters) {
    [held, kept] = [(held << 5 | ALPHABET.indexOf(each)) & 0xFFF, kept + 5]
    if (kept >= 8) {
      kept -= 8
      seal[place++] = held >> kept & 0xFF
    }
  }
  return seal[0] === MAGIC ? seal : null
}
