import { createHash, sign, type KeyObject, type X509Certificate } from 'node:crypto'
import { contextTag, der, integer, NOTHING, objectId, octets, sequence, sorted, TAG } from './der.ts'
import { issuerAndSerial, type SigningKey } from './key-file.ts'
import { CMS, ECDSA_SHA256_ID, ECDSA_SHA384_ID, RSA_SHA256_ID, SHA256_ID, SHA384_ID } from './object-ids.ts'

export interface SigningAlgorithm {
  digest: 'sha256' | 'sha384'
  digestId: string
  signatureId: string
}

/** SHA-256 with RSA (PKCS #1 v1.5) and P-256, SHA-384 with P-384: no digest is weaker than its curve. */
export function signingAlgorithm(key: KeyObject): SigningAlgorithm {
  if (key.asymmetricKeyType === 'rsa') return { digest: 'sha256', digestId: SHA256_ID, signatureId: RSA_SHA256_ID }
  return key.asymmetricKeyDetails?.namedCurve === 'secp384r1'
    ? { digest: 'sha384', digestId: SHA384_ID, signatureId: ECDSA_SHA384_ID }
    : { digest: 'sha256', digestId: SHA256_ID, signatureId: ECDSA_SHA256_ID }
}

/**
 * A detached signature as PAdES baseline B asks for (ETSI EN 319 142-1, 6.3): content type, message digest and the signer's certificate
 * among what is signed, no signing time, all certificates of the chain beside it.
 * @param contentDigest digest of the signed bytes, by `signingAlgorithm(key).digest`
 * @returns DER of a CMS ContentInfo
 */
export function signedMessage({ key, certificate, chain }: SigningKey, contentDigest: Uint8Array): Buffer {
  const algorithm = signingAlgorithm(key)
  const attributes = sorted([
    attribute(CMS.contentType, objectId(CMS.data)),
    attribute(CMS.messageDigest, octets(contentDigest)),
    attribute(CMS.signingCertificateV2, sequence(sequence(sequence(octets(fingerprintOf(certificate)))))),
  ])
  // Signed as a set, written with a tag of its own: RFC 5652, 5.4.
  const signature = sign(algorithm.digest, der(TAG.set, ...attributes), key)
  const { issuer, serial } = issuerAndSerial(certificate)
  const isRsa = key.asymmetricKeyType === 'rsa'
  const signer = sequence(
    integer(1),
    sequence(issuer.raw, serial.raw),
    sequence(objectId(algorithm.digestId)),
    der(contextTag(0), ...attributes),
    sequence(objectId(algorithm.signatureId), ...(isRsa ? [NOTHING] : [])),
    octets(signature),
  )
  const certificates = sorted([certificate.raw, ...chain.map(({ raw }) => raw)])
  const signed = sequence(
    integer(1),
    der(TAG.set, sequence(objectId(algorithm.digestId))),
    sequence(objectId(CMS.data)),
    der(contextTag(0), ...certificates),
    der(TAG.set, signer),
  )
  return sequence(objectId(CMS.signedData), der(contextTag(0), signed))
}

const attribute = (id: string, value: Buffer): Buffer => sequence(objectId(id), der(TAG.set, value))

export const fingerprintOf = ({ raw }: Pick<X509Certificate, 'raw'>): Buffer => createHash('sha256').update(raw).digest()

/** A signature of an elliptic curve varies by a few bytes. */
const SLACK_BYTES = 32

/** How many bytes a signature by this key takes at most. */
export function signedMessageBytes(key: SigningKey): number {
  const { digest } = signingAlgorithm(key.key)
  return signedMessage(key, createHash(digest).digest()).length + SLACK_BYTES
}
