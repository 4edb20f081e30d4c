// Whom we believe: certificates of signers and of the authorities above them, and what was revoked.
import { hasSigned } from './certificates.mjs'
import { namesCertificate } from './seal.mjs'

export class Trust {
  constructor (certificates = [], lists = []) {
    this.certificates = certificates
    this.lists = lists
    this.standings = new Map()
  }

  // The certificates that a header may mean. Where it names none, only the signature tells.
  signers (header) {
    if (!namesCertificate(header)) return this.certificates
    const serial = BigInt('0x' + header.cert_ref)
    return this.certificates.filter(each => each.signer === header.signer && each.serial === serial)
  }

  // What a certificate is worth, whatever it has signed; signatures are verified once.
  standing (certificate) {
    if (!this.standings.has(certificate)) this.standings.set(certificate, this.judged(certificate))
    return this.standings.get(certificate)
  }

  async judged (certificate) {
    const authorities = this.certificates.filter(
      each => each !== certificate && each.mayIssue && each.subject === certificate.issuer
    )
    const lists = this.lists.filter(each => each.issuer === certificate.issuer)
    const issuer = await firstToSign(authorities, certificate)
    const vouched = await Promise.all(lists.map(each => firstToSign(authorities, each)))
    return {
      issuer,
      isTrusted: certificate.maySeal && (authorities.length === 0 || (issuer !== null && vouched.every(Boolean))),
      isRevoked: lists.some(each => each.serials.has(certificate.serial))
    }
  }
}

async function firstToSign (authorities, signed) {
  for (const each of authorities) {
    if (await hasSigned(each, signed)) return each
  }
  return null
}
