import { createPrivateKey, X509Certificate, type KeyObject } from 'node:crypto'
import { AppError } from '#core/errors.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { child, contextTag, DerError, objectIdOf, octetsOf, readDer, TAG, type DerNode } from './der.ts'
import { BROKEN_SIGNATURES } from './object-ids.ts'
import { openPkcs12 } from './pkcs12.ts'

/** A file that was chosen to sign with: a P12, or a key or certificates as PEM. */
export interface KeyFile {
  name: string
  bytes: Uint8Array
}

/** A private key with its certificate and those that lead from it towards a root. */
export interface SigningKey {
  key: KeyObject
  certificate: X509Certificate
  /** Issuers in their order, as far as they were given. */
  chain: X509Certificate[]
}

const PEM = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]*?-----END \1-----/g
const SEQUENCE_BYTE = 0x30

/**
 * Opens what was chosen to sign with. The passphrase goes nowhere but into the decryption.
 * @throws AppError `sign.*`
 */
export function openKeyFiles(files: readonly KeyFile[], passphrase: string | null): SigningKey {
  const keys: KeyObject[] = []
  const certificates: X509Certificate[] = []
  for (const file of files) {
    const found = fromFile(file, passphrase)
    keys.push(...found.keys)
    certificates.push(...found.certificates)
  }
  const file = files[0]?.name ?? ''
  if (keys.length === 0) throw new AppError('sign.no-key', { file })
  if (certificates.length === 0) throw new AppError('sign.no-certificate', { file })
  for (const key of keys) {
    const certificate = certificates.find((one) => one.checkPrivateKey(key))
    if (certificate !== undefined) return { key, certificate, chain: chainOf(certificate, certificates) }
  }
  throw new AppError('sign.key-does-not-fit', { file })
}

interface Found {
  keys: KeyObject[]
  certificates: X509Certificate[]
}

function fromFile({ name, bytes }: KeyFile, passphrase: string | null): Found {
  const text = Buffer.from(bytes).toString('latin1')
  const blocks = [...text.matchAll(PEM)]
  if (blocks.length > 0) return fromPem(blocks, name, passphrase)
  if (bytes[0] !== SEQUENCE_BYTE) throw new AppError('sign.not-a-key-file', { file: name })
  const certificate = asCertificate(bytes)
  if (certificate !== null) return { keys: [], certificates: [certificate] }
  const bags = openPkcs12(bytes, passphrase ?? '', name)
  return {
    keys: bags.keys.map((key) => keyFrom(name, () => createPrivateKey({ key, format: 'der', type: 'pkcs8' }))),
    certificates: bags.certificates.map((one) => certificateFrom(one, name)),
  }
}

function fromPem(blocks: readonly RegExpExecArray[], name: string, passphrase: string | null): Found {
  const found: Found = { keys: [], certificates: [] }
  for (const [block, label = ''] of blocks) {
    if (label.endsWith('CERTIFICATE')) found.certificates.push(certificateFrom(block, name))
    if (!label.endsWith('PRIVATE KEY')) continue
    const isEncrypted = label.startsWith('ENCRYPTED') || block.includes('Proc-Type: 4,ENCRYPTED')
    if (isEncrypted && passphrase === null) throw new AppError('sign.passphrase-needed', { file: name })
    const secret = isEncrypted && passphrase !== null ? { passphrase: Buffer.from(passphrase, 'utf8') } : {}
    found.keys.push(keyFrom(name, () => createPrivateKey({ key: block, format: 'pem', ...secret }), isEncrypted))
  }
  return found
}

/** The platform's own errors may quote what they were given: none of them is passed on. */
function keyFrom(file: string, open: () => KeyObject, isEncrypted = false): KeyObject {
  try {
    return open()
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (code.includes('UNSUPPORTED') && !isEncrypted) throw new AppError('sign.unsupported-key', { found: '?' })
    if (isEncrypted) throw new AppError('sign.wrong-passphrase', { file })
    throw new AppError('sign.key-file-damaged', { file, problem: code })
  }
}

function asCertificate(bytes: Uint8Array): X509Certificate | null {
  try {
    return new X509Certificate(bytes)
  } catch {
    return null // a P12: looked at as such next
  }
}

function certificateFrom(bytes: Uint8Array | string, file: string): X509Certificate {
  try {
    return new X509Certificate(bytes)
  } catch (cause) {
    throw new AppError('sign.key-file-damaged', { file, problem: 'X.509' }, { cause })
  }
}

const LONGEST_CHAIN = 8

/** The issuers of a certificate among those given, one after the other; a root at the end where there is one. */
export function chainOf(certificate: X509Certificate, among: readonly X509Certificate[]): X509Certificate[] {
  const chain: X509Certificate[] = []
  let current = certificate
  while (chain.length < LONGEST_CHAIN && !isOwnIssuer(current)) {
    const issuer = among.find((one) => isIssuedBy(current, one) && !chain.includes(one))
    if (issuer === undefined) break
    chain.push(issuer)
    current = issuer
  }
  return chain
}

const isOwnIssuer = (certificate: X509Certificate): boolean => certificate.issuer === certificate.subject

/** By name and by signature. */
export function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
  } catch {
    return false // a key of a kind that the platform does not know signs nothing here
  }
}

const LEAST_RSA_BITS = 2048
const CURVES: Readonly<Record<string, string>> = { prime256v1: 'P-256', secp384r1: 'P-384' }

/** "RSA 3072", "P-256". @throws AppError `sign.weak-key`, `sign.unsupported-key` */
export function algorithmOf({ key, certificate }: Pick<SigningKey, 'key' | 'certificate'>): string {
  const weak = weakDigestOf(certificate)
  if (weak !== null) throw new AppError('sign.weak-key', { found: weak })
  const { asymmetricKeyType: type = '', asymmetricKeyDetails: details = {} } = key
  if (type === 'rsa') {
    const bits = details.modulusLength ?? 0
    if (bits < LEAST_RSA_BITS) throw new AppError('sign.weak-key', { found: `RSA ${bits}` })
    return `RSA ${bits}`
  }
  const curve = CURVES[details.namedCurve ?? '']
  if (type !== 'ec' || curve === undefined) throw new AppError('sign.unsupported-key', { found: details.namedCurve ?? type })
  return curve
}

/** "SHA-1" for a certificate that its issuer signed with a digest that can be forged; null for a sound one. */
export function weakDigestOf(certificate: Pick<X509Certificate, 'raw'>): string | null {
  return BROKEN_SIGNATURES[objectIdOf(child(child(readDer(certificate.raw), 1, TAG.sequence), 0))] ?? null
}

/** What speaks against signing with a certificate now, though one may; null where nothing does. */
export function doubtAbout(certificate: X509Certificate, now: Date): Bilingual | null {
  const [from, to] = [dayOf(certificate.validFromDate), dayOf(certificate.validToDate)]
  if (now < certificate.validFromDate)
    return bilingual(
      `证书从 ${from} 起才有效（今天是 ${dayOf(now)}）`,
      `the certificate is valid from ${from} only (today is ${dayOf(now)})`,
    )
  if (now > certificate.validToDate) return bilingual(`证书已于 ${to} 过期`, `the certificate expired on ${to}`)
  if (mayNotSign(certificate))
    return bilingual('证书没有“数字签名”或“不可否认”用途', 'the certificate is not for digital signatures')
  return null
}

const dayOf = (date: Date): string => date.toISOString().slice(0, 10)

const KEY_USAGE = '2.5.29.15'
/** The first two bits: digitalSignature and contentCommitment. */
const SIGNING_BITS = 0xc0

/** True for a certificate that says what it is for, and signing is not among it. */
export function mayNotSign(certificate: X509Certificate): boolean {
  const usage = extensionOf(certificate, KEY_USAGE)
  if (usage === null) return false
  const bits = readDer(usage)
  return bits.tag !== TAG.bits || ((bits.content[1] ?? 0) & SIGNING_BITS) === 0
}

function extensionOf(certificate: X509Certificate, id: string): Buffer | null {
  try {
    const body = child(readDer(certificate.raw), 0, TAG.sequence)
    const list = body.children.find(({ tag }) => tag === contextTag(3))?.children[0]
    const found = list?.children.find((extension) => objectIdOf(child(extension, 0)) === id)
    const value = found?.children.at(-1)
    return value === undefined ? null : octetsOf(value)
  } catch (error) {
    if (error instanceof DerError) return null
    throw error
  }
}

/** Issuer and serial number of a certificate as they stand in it. @throws DerError */
export function issuerAndSerial(certificate: X509Certificate): { issuer: DerNode; serial: DerNode } {
  const body = child(readDer(certificate.raw), 0, TAG.sequence)
  const from = body.children[0]?.tag === contextTag(0) ? 1 : 0
  return { serial: child(body, from, TAG.integer), issuer: child(body, from + 2, TAG.sequence) }
}
