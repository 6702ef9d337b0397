import { createHash, timingSafeEqual, verify, X509Certificate } from 'node:crypto'
import type { SignatureFault } from '#core/model/signature.ts'
import { child, contextTag, der, DerError, objectIdOf, octetsOf, readDer, TAG, type DerNode } from './der.ts'
import { chainOf, issuerAndSerial, weakDigestOf } from './key-file.ts'
import { BROKEN_DIGESTS, BROKEN_SIGNATURES, CMS, DIGESTS, SIGNATURES } from './object-ids.ts'

/** What a signed message says, checked against the digest of what it covers. */
export interface ReadMessage {
  faults: SignatureFault[]
  certificate: X509Certificate | null
  chain: X509Certificate[]
  /** The attributes that PAdES baseline B asks for are there, and none that it forbids. */
  isBaselineB: boolean
}

const MOST_CERTIFICATES = 50
const LEAST_RSA_BITS = 2048

/**
 * Checks a detached CMS signature. Certificates are taken from the message; whether anybody trusts them is another question.
 * @param digestOf digest of the covered bytes by the name of an algorithm
 */
export function readMessage(bytes: Uint8Array, digestOf: (algorithm: string) => Buffer): ReadMessage {
  const nothing = { certificate: null, chain: [], isBaselineB: false }
  try {
    const signed = signedDataOf(bytes)
    const certificates = certificatesOf(signed)
    const signer = onlySignerOf(signed)
    if (signer === null) return { ...nothing, faults: ['several-signers'] }
    const certificate = certificates.find((one) => names(signer, one)) ?? null
    const facts = attributesOf(signer)
    const faults = certificate === null ? (['no-certificate'] as const) : checked(signer, facts, certificate, digestOf)
    const isDetached = child(signed, 2, TAG.sequence).children.length === 1
    const all: SignatureFault[] = [...faults, ...(isDetached ? [] : (['content-inside'] as const))]
    const isBaselineB = facts.hasCertificateHash && !facts.hasSigningTime && facts.hasContentType
    const chain = certificate === null ? [] : chainOf(certificate, certificates)
    return { faults: all, certificate, chain, isBaselineB }
  } catch (error) {
    if (error instanceof DerError) return { ...nothing, faults: ['message-damaged'] }
    throw error
  }
}

function signedDataOf(bytes: Uint8Array): DerNode {
  const message = readDer(bytes)
  if (objectIdOf(child(message, 0)) !== CMS.signedData) throw new DerError('it is no signed message')
  return child(child(message, 1, contextTag(0)), 0, TAG.sequence)
}

function certificatesOf(signed: DerNode): X509Certificate[] {
  const list = signed.children.find(({ tag }) => tag === contextTag(0))?.children ?? []
  if (list.length > MOST_CERTIFICATES) throw new DerError('too many certificates')
  return list.map(({ raw }) => {
    try {
      const certificate = new X509Certificate(raw)
      // Only now does the platform look at the key and the days.
      if (certificate.publicKey.type !== 'public' || !isDated(certificate)) throw new DerError('it is not dated')
      return certificate
    } catch (cause) {
      throw new DerError('a certificate cannot be read', { cause })
    }
  })
}

const isDated = ({ validFromDate, validToDate }: X509Certificate): boolean =>
  [validFromDate, validToDate].every((date) => !Number.isNaN(date.getTime()))

function onlySignerOf(signed: DerNode): DerNode | null {
  const signers = signed.children.at(-1)
  if (signers?.tag !== TAG.set || signers.children.length === 0) throw new DerError('nobody signed it')
  return signers.children.length === 1 ? (signers.children[0] ?? null) : null
}

/** By issuer and serial number. */
function names(signer: DerNode, certificate: X509Certificate): boolean {
  const named = child(signer, 1, TAG.sequence)
  const { issuer, serial } = issuerAndSerial(certificate)
  return child(named, 0).raw.equals(issuer.raw) && child(named, 1).raw.equals(serial.raw)
}

interface Attributes {
  list: DerNode | null
  digest: Buffer | null
  certificateHash: { algorithm: string; value: Buffer } | null
  hasCertificateHash: boolean
  hasContentType: boolean
  hasSigningTime: boolean
}

function attributesOf(signer: DerNode): Attributes {
  const list = signer.children.find(({ tag }) => tag === contextTag(0)) ?? null
  const values = new Map<string, DerNode>()
  for (const one of list?.children ?? []) {
    const id = objectIdOf(child(one, 0))
    // Two digests would let one program check the one and another the other.
    if (values.has(id)) throw new DerError('an attribute is there twice')
    values.set(id, child(child(one, 1, TAG.set), 0))
  }
  const digest = values.get(CMS.messageDigest)
  const certificate = values.get(CMS.signingCertificateV2)
  const type = values.get(CMS.contentType)
  return {
    list,
    digest: digest ? octetsOf(digest) : null,
    certificateHash: certificate ? certificateHashOf(certificate) : null,
    hasCertificateHash: certificate !== undefined,
    hasContentType: type !== undefined && objectIdOf(type) === CMS.data,
    hasSigningTime: values.has(CMS.signingTime),
  }
}

/** ESSCertIDv2 (RFC 5035): SHA-256 where no algorithm is named. */
function certificateHashOf(attribute: DerNode): { algorithm: string; value: Buffer } {
  const first = child(child(attribute, 0, TAG.sequence), 0, TAG.sequence)
  const [head, next] = first.children
  if (head?.tag === TAG.octets) return { algorithm: 'sha256', value: head.content }
  const algorithm = DIGESTS[objectIdOf(child(first, 0).children[0] ?? child(first, 0))]
  if (algorithm === undefined || next === undefined) throw new DerError('a hash of an unknown kind')
  return { algorithm, value: octetsOf(next) }
}

function checked(
  signer: DerNode,
  { list, digest, certificateHash, hasContentType }: Attributes,
  certificate: X509Certificate,
  digestOf: (algorithm: string) => Buffer,
): SignatureFault[] {
  const digestId = objectIdOf(child(child(signer, 2, TAG.sequence), 0))
  const digestName = DIGESTS[digestId]
  if (digestName === undefined) return [digestId in BROKEN_DIGESTS ? 'weak-algorithm' : 'unknown-algorithm']
  if (list === null || digest === null || !hasContentType) return ['nothing-signed']
  const faults: SignatureFault[] = []
  if (!same(digest, digestOf(digestName))) faults.push('content-changed')
  if (
    certificateHash !== null &&
    !same(certificateHash.value, createHash(certificateHash.algorithm).update(certificate.raw).digest())
  )
    faults.push('other-certificate')
  faults.push(...signatureFaults(signer, list, digestName, certificate))
  return faults
}

function signatureFaults(
  signer: DerNode,
  list: DerNode,
  digestName: string,
  { publicKey, raw }: X509Certificate,
): SignatureFault[] {
  const at = signer.children.indexOf(list)
  const signatureId = objectIdOf(child(child(signer, at + 1, TAG.sequence), 0))
  const algorithm = SIGNATURES[signatureId]
  if (algorithm === undefined) return [signatureId in BROKEN_SIGNATURES ? 'weak-algorithm' : 'unknown-algorithm']
  const details = publicKey.asymmetricKeyDetails ?? {}
  if (publicKey.asymmetricKeyType !== algorithm.key) return ['signature-wrong']
  if (algorithm.key === 'rsa' && (details.modulusLength ?? 0) < LEAST_RSA_BITS) return ['weak-algorithm']
  if (weakDigestOf({ raw }) !== null) return ['weak-algorithm']
  const signature = octetsOf(child(signer, at + 2))
  const message = der(TAG.set, list.content)
  return isRight(algorithm.digest ?? digestName, message, publicKey, signature) ? [] : ['signature-wrong']
}

function isRight(digest: string, message: Buffer, publicKey: X509Certificate['publicKey'], signature: Buffer): boolean {
  try {
    return verify(digest, message, publicKey, signature)
  } catch {
    return false // a signature that is not even one
  }
}

const same = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)
