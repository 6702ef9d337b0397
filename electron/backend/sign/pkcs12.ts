import { createDecipheriv, createHash, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto'
import { AppError } from '#core/errors.ts'
import { child, contextTag, DerError, objectIdOf, octetsOf, readDer, smallOf, TAG, type DerNode } from './der.ts'
import {
  CIPHERS,
  CMS,
  HMACS,
  MAC_DIGESTS,
  OTHER_ENCRYPTIONS,
  PBE_SHA1_3DES,
  PBES2,
  PBKDF2,
  PBMAC1,
  PKCS12,
} from './object-ids.ts'

/** What a P12 holds: private keys (PKCS #8) and certificates, as DER. */
export interface KeyBags {
  keys: Buffer[]
  certificates: Buffer[]
}

/** No key file asks for more rounds; one that does would only keep the machine busy. */
const MOST_ROUNDS = 10_000_000

/**
 * Opens a P12 (RFC 7292): AES by PBES2 as OpenSSL 3 and today's Windows write it, and SHA-1 with 3DES as Windows used to.
 * @throws AppError `sign.wrong-passphrase`, `sign.key-file-encryption`, `sign.key-file-damaged`
 */
export function openPkcs12(bytes: Uint8Array, passphrase: string, file: string): KeyBags {
  try {
    const safes = child(readDer(bytes), 1, TAG.sequence)
    if (objectIdOf(child(safes, 0)) !== CMS.data) throw new DerError('it is protected by a certificate')
    const held = octetsOf(child(child(safes, 1), 0))
    const mac = readDer(bytes).children[2]
    if (mac !== undefined && !macFits(mac, held, passphrase)) throw new AppError('sign.wrong-passphrase', { file })
    const bags: KeyBags = { keys: [], certificates: [] }
    for (const part of readDer(held).children) gather(readDer(contentOf(part, passphrase, file)), bags, passphrase, file)
    return bags
  } catch (error) {
    if (!(error instanceof DerError)) throw error
    throw new AppError('sign.key-file-damaged', { file, problem: error.message }, { cause: error })
  }
}

/** The bags of one part, decrypted where they are encrypted. */
function contentOf(part: DerNode, passphrase: string, file: string): Buffer {
  const kind = objectIdOf(child(part, 0))
  const content = child(child(part, 1), 0)
  if (kind === CMS.data) return octetsOf(content)
  if (kind !== CMS.encryptedData) throw new DerError('it is protected by a certificate')
  const encrypted = child(content, 1, TAG.sequence)
  return decrypted(child(encrypted, 1), octetsOf(child(encrypted, 2)), passphrase, file)
}

function gather(bagList: DerNode, bags: KeyBags, passphrase: string, file: string): void {
  for (const bag of bagList.children) {
    const kind = objectIdOf(child(bag, 0))
    const value = child(child(bag, 1, contextTag(0)), 0)
    if (kind === PKCS12.keyBag) bags.keys.push(value.raw)
    else if (kind === PKCS12.shroudedKeyBag)
      bags.keys.push(decrypted(child(value, 0), octetsOf(child(value, 1)), passphrase, file))
    else if (kind === PKCS12.certificateBag && objectIdOf(child(value, 0)) === PKCS12.x509)
      bags.certificates.push(octetsOf(child(child(value, 1), 0)))
  }
}

function decrypted(algorithm: DerNode, data: Buffer, passphrase: string, file: string): Buffer {
  const id = objectIdOf(child(algorithm, 0))
  const { name, key, iv } = cipherOf(id, child(algorithm, 1), passphrase, file)
  try {
    const decipher = createDecipheriv(name, key, iv)
    const plain = Buffer.concat([decipher.update(data), decipher.final()])
    readDer(plain)
    return plain
  } catch (cause) {
    // The padding of what was decrypted with another key is wrong, or what comes out is no ASN.1.
    throw new AppError('sign.wrong-passphrase', { file }, { cause })
  }
}

function cipherOf(id: string, parameters: DerNode, passphrase: string, file: string) {
  if (id === PBE_SHA1_3DES) {
    const [salt, rounds] = [octetsOf(child(parameters, 0)), roundsOf(child(parameters, 1))]
    const derive = (purpose: number, length: number) =>
      pkcs12Key({ name: 'sha1', blockBytes: 64 }, passphrase, salt, rounds, purpose, length)
    return { name: 'des-ede3-cbc', key: derive(1, 24), iv: derive(2, 8) }
  }
  if (id !== PBES2) throw new AppError('sign.key-file-encryption', { file, found: OTHER_ENCRYPTIONS[id] ?? id })
  const scheme = child(parameters, 1)
  const cipherId = objectIdOf(child(scheme, 0))
  const cipher = CIPHERS[cipherId]
  if (cipher === undefined) throw new AppError('sign.key-file-encryption', { file, found: cipherId })
  return {
    name: cipher.name,
    key: pbkdf2(child(parameters, 0), passphrase, cipher.keyBytes, file),
    iv: octetsOf(child(scheme, 1)),
  }
}

function pbkdf2(derivation: DerNode, passphrase: string, keyBytes: number, file: string): Buffer {
  const id = objectIdOf(child(derivation, 0))
  if (id !== PBKDF2) throw new AppError('sign.key-file-encryption', { file, found: id })
  const [salt, rounds, ...more] = child(derivation, 1, TAG.sequence).children
  if (salt === undefined || rounds === undefined) throw new DerError('it is not built as expected')
  const prf = more.find(({ tag }) => tag === TAG.sequence)
  const digest = prf === undefined ? 'sha1' : HMACS[objectIdOf(child(prf, 0))]
  if (digest === undefined) throw new AppError('sign.key-file-encryption', { file, found: 'PBKDF2' })
  return pbkdf2Sync(Buffer.from(passphrase, 'utf8'), octetsOf(salt), roundsOf(rounds), keyBytes, digest)
}

function roundsOf(node: DerNode): number {
  const rounds = smallOf(node)
  if (rounds < 1 || rounds > MOST_ROUNDS) throw new DerError(`${rounds} rounds`)
  return rounds
}

/** True where the passphrase is the one that the file was made with. */
function macFits(mac: DerNode, content: Buffer, passphrase: string): boolean {
  const info = child(mac, 0, TAG.sequence)
  const algorithm = child(info, 0, TAG.sequence)
  const stored = octetsOf(child(info, 1))
  const id = objectIdOf(child(algorithm, 0))
  const made = id === PBMAC1 ? pbmac1(child(algorithm, 1), content, passphrase) : oldMac(mac, id, content, passphrase)
  return made.length === stored.length && timingSafeEqual(made, stored)
}

function oldMac(mac: DerNode, id: string, content: Buffer, passphrase: string): Buffer {
  const digest = MAC_DIGESTS[id]
  if (digest === undefined) throw new DerError(`an integrity check by ${id}`)
  const rounds = mac.children[2]
  const salt = octetsOf(child(mac, 1))
  const length = createHash(digest.name).digest().length
  const key = pkcs12Key(digest, passphrase, salt, rounds === undefined ? 1 : roundsOf(rounds), 3, length)
  return createHmac(digest.name, key).update(content).digest()
}

/** RFC 9579. */
function pbmac1(parameters: DerNode, content: Buffer, passphrase: string): Buffer {
  const digest = HMACS[objectIdOf(child(child(parameters, 1), 0))]
  if (digest === undefined) throw new DerError('an integrity check of an unknown kind')
  const length = createHash(digest).digest().length
  return createHmac(digest, pbkdf2(child(parameters, 0), passphrase, length, ''))
    .update(content)
    .digest()
}

/** How a passphrase becomes a key in files of the old kind: RFC 7292, appendix B.2. */
function pkcs12Key(
  { name, blockBytes }: { name: string; blockBytes: number },
  passphrase: string,
  salt: Buffer,
  rounds: number,
  purpose: number,
  length: number,
): Buffer {
  const words = Buffer.from(`${passphrase}\0`, 'utf16le').swap16()
  const filled = (bytes: Buffer) =>
    Buffer.alloc(Math.ceil(bytes.length / blockBytes) * blockBytes, bytes.length === 0 ? Buffer.from([0]) : bytes)
  const block = Buffer.concat([filled(salt), filled(words)])
  const head = Buffer.alloc(blockBytes, purpose)
  const parts: Buffer[] = []
  for (let made = 0; made < length;) {
    let part = createHash(name).update(head).update(block).digest()
    for (let round = 1; round < rounds; round++) part = createHash(name).update(part).digest()
    parts.push(part)
    made += part.length
    addToBlocks(block, filled(part).subarray(0, blockBytes), blockBytes)
  }
  return Buffer.concat(parts).subarray(0, length)
}

/** Each block of `block` plus `added` plus one, as large numbers. */
function addToBlocks(block: Buffer, added: Buffer, blockBytes: number): void {
  for (let from = 0; from < block.length; from += blockBytes) {
    let carry = 1
    for (let at = blockBytes - 1; at >= 0; at--) {
      carry += (block[from + at] ?? 0) + (added[at] ?? 0)
      block[from + at] = carry & 0xff
      carry >>= 8
    }
  }
}
