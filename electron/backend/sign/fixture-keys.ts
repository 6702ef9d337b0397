import {
  createHash,
  createHmac,
  createCipheriv,
  generateKeyPairSync,
  pbkdf2Sync,
  randomBytes,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto'
import { contextTag, der, integer, NOTHING, objectId, octets, sequence, TAG } from './der.ts'
import type { SigningKey } from './key-file.ts'
import { signedMessage, signedMessageBytes, signingAlgorithm } from './cms-write.ts'
import { CMS, ECDSA_SHA256_ID, PBES2, PBKDF2, PKCS12, RSA_SHA256_ID, SHA256_ID } from './object-ids.ts'
import { prepareSignature, signedParts, withSignature, type SignatureWords } from './pdf-update.ts'

/* Keys and certificates for tests, made anew each time: no private key lies in this repository. */

export type KeyKind = 'RSA 2048' | 'RSA 1024' | 'P-256' | 'P-384' | 'P-521'

export function newKey(kind: KeyKind): { privateKey: KeyObject; publicKey: KeyObject } {
  if (kind.startsWith('RSA')) return generateKeyPairSync('rsa', { modulusLength: Number(kind.slice(4)) })
  return generateKeyPairSync('ec', { namedCurve: kind })
}

interface CertificateWish {
  subject: string
  publicKey: KeyObject
  issuer: { name: string; privateKey: KeyObject }
  from?: Date
  to?: Date
  isAuthority?: boolean
  /** Bits of the key usage; digital signature when absent. */
  usage?: number
}

const DAY_MS = 86_400_000
const utf8 = (text: string): Buffer => der(TAG.utf8, Buffer.from(text, 'utf8'))
const nameOf = (name: string): Buffer =>
  sequence(
    der(TAG.set, sequence(objectId('2.5.4.10'), utf8('青岚市自然资源和规划局'))),
    der(TAG.set, sequence(objectId('2.5.4.3'), utf8(name))),
  )
const timeOf = (date: Date): Buffer =>
  der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replaceAll(/[-:T]/g, '')}Z`, 'latin1'))
const extension = (id: string, value: Buffer): Buffer =>
  sequence(objectId(id), der(TAG.boolean, Buffer.from([0xff])), octets(value))

/** A certificate, signed by whoever is named as its issuer. */
export function newCertificate({
  subject,
  publicKey,
  issuer,
  from,
  to,
  isAuthority = false,
  usage,
}: CertificateWish): X509Certificate {
  const isRsa = issuer.privateKey.asymmetricKeyType === 'rsa'
  const algorithm = sequence(objectId(isRsa ? RSA_SHA256_ID : ECDSA_SHA256_ID), ...(isRsa ? [NOTHING] : []))
  const constraints = sequence(...(isAuthority ? [der(TAG.boolean, Buffer.from([0xff]))] : []))
  const bits = der(TAG.bits, Buffer.from([0, usage ?? (isAuthority ? 0x04 : 0x80)]))
  const body = sequence(
    der(contextTag(0), integer(2)),
    der(TAG.integer, Buffer.concat([Buffer.from([1]), randomBytes(8)])),
    algorithm,
    nameOf(issuer.name),
    sequence(timeOf(from ?? new Date(Date.now() - DAY_MS)), timeOf(to ?? new Date(Date.now() + 30 * DAY_MS))),
    nameOf(subject),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(contextTag(3), sequence(extension('2.5.29.19', constraints), extension('2.5.29.15', bits))),
  )
  const signature = sign('sha256', body, issuer.privateKey)
  return new X509Certificate(sequence(body, algorithm, der(TAG.bits, Buffer.from([0]), signature)))
}

/** A root and a reviewer's key with a certificate by it. */
export function newSigningKey(kind: KeyKind, more: Partial<CertificateWish> = {}): SigningKey & { root: X509Certificate } {
  const rootKey = newKey('P-256')
  const authority = { name: '测试根证书', privateKey: rootKey.privateKey }
  const root = newCertificate({ subject: authority.name, publicKey: rootKey.publicKey, issuer: authority, isAuthority: true })
  const { privateKey, publicKey } = newKey(kind)
  const certificate = newCertificate({ subject: '周岚', publicKey, issuer: authority, ...more })
  return { key: privateKey, certificate, chain: [root], root }
}

const ROUNDS = 2048

/** A P12 as OpenSSL 3 writes it: AES-256 by PBKDF2, integrity by HMAC-SHA-256. */
export function asP12({ key, certificate, chain }: SigningKey, passphrase: string): Buffer {
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' })
  const keyBag = bag(PKCS12.shroudedKeyBag, sequence(...encrypted(pkcs8, passphrase)))
  const certificateBags = [certificate, ...chain].map(({ raw }) =>
    bag(PKCS12.certificateBag, sequence(objectId(PKCS12.x509), der(contextTag(0), octets(raw)))),
  )
  const [algorithm, content] = encrypted(sequence(...certificateBags), passphrase)
  const hidden = sequence(integer(0), sequence(objectId(CMS.data), algorithm, der(0x80, content.subarray(headOf(content)))))
  const safes = sequence(
    sequence(objectId(CMS.encryptedData), der(contextTag(0), hidden)),
    sequence(objectId(CMS.data), der(contextTag(0), octets(sequence(keyBag)))),
  )
  const salt = randomBytes(8)
  const mac = createHmac('sha256', macKey(passphrase, salt)).update(safes).digest()
  const check = sequence(
    sequence(sequence(objectId(SHA256_ID), NOTHING), octets(mac)),
    octets(salt),
    der(TAG.integer, Buffer.from([1])),
  )
  return sequence(integer(3), sequence(objectId(CMS.data), der(contextTag(0), octets(safes))), check)
}

const headOf = (octetString: Buffer): number => ((octetString[1] ?? 0) < 0x80 ? 2 : 2 + ((octetString[1] ?? 0) & 0x7f))
const bag = (id: string, value: Buffer): Buffer => sequence(objectId(id), der(contextTag(0), value))

function encrypted(content: Buffer, passphrase: string): [algorithm: Buffer, data: Buffer] {
  const [salt, iv] = [randomBytes(16), randomBytes(16)]
  const cipher = createCipheriv('aes-256-cbc', pbkdf2Sync(passphrase, salt, ROUNDS, 32, 'sha256'), iv)
  const derivation = sequence(
    objectId(PBKDF2),
    sequence(
      octets(salt),
      der(TAG.integer, Buffer.from([ROUNDS >> 8, ROUNDS & 0xff])),
      sequence(objectId('1.2.840.113549.2.9'), NOTHING),
    ),
  )
  const scheme = sequence(objectId('2.16.840.1.101.3.4.1.42'), octets(iv))
  const data = octets(Buffer.concat([cipher.update(content), cipher.final()]))
  return [sequence(objectId(PBES2), sequence(derivation, scheme)), data]
}

/** RFC 7292, appendix B, for one round, 32 bytes and SHA-256. */
function macKey(passphrase: string, salt: Buffer): Buffer {
  const words = Buffer.from(`${passphrase}\0`, 'utf16le').swap16()
  const filled = (bytes: Buffer) => Buffer.alloc(Math.ceil(bytes.length / 64) * 64, bytes)
  return createHash('sha256').update(Buffer.alloc(64, 3)).update(filled(salt)).update(filled(words)).digest()
}

/** PEM of a key, encrypted where a passphrase is given, with its certificates. */
export function asPem({ key, certificate, chain }: SigningKey, passphrase: string | null): string {
  const written = key.export({ type: 'pkcs8', format: 'pem', ...(passphrase !== null && { cipher: 'aes-256-cbc', passphrase }) })
  return [written.toString(), ...[certificate, ...chain].map((one) => one.toString())].join('\n')
}

export const TEST_WORDS: SignatureWords = {
  name: '周岚',
  reason: '审查意见签发（甲）',
  place: '青岚',
  tooltip: '电子签名：周岚',
  at: '2026-11-23T03:00:00.000Z',
}

/** A PDF with a signature behind it, without files or threads. */
export async function signedPdf(source: Uint8Array, key: SigningKey, words = TEST_WORDS): Promise<Buffer> {
  const prepared = await prepareSignature(source, 'test.pdf', words, signedMessageBytes(key))
  const hash = createHash(signingAlgorithm(key.key).digest)
  const empty = withSignature(source, prepared, new Uint8Array())
  for (const part of signedParts(empty, prepared.holeStart, prepared.holeEnd)) hash.update(part)
  return withSignature(source, prepared, signedMessage(key, hash.digest()))
}
