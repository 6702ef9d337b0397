import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { open, type FileHandle } from 'node:fs/promises'
import * as z from 'zod'
import { AppError } from '#core/errors.ts'

/** The beginning of an encrypted package. */
export const SEALED_MAGIC = Buffer.from('GREENPRINT-SEALED\n', 'latin1')
export const LEAST_PASSPHRASE = 8

const MB = 2 ** 20
const TAG_BYTES = 16
const HASH_BYTES = 32
const MOST_HEADER_BYTES = 4096
/** What this version writes; as of 2026 a fifth of a second and 128 MB for each guess. */
const KDF = { name: 'scrypt', cost: 2 ** 17, blockSize: 8, parallel: 1 } as const

// Only these parameters are taken: a header cannot ask for gigabytes.
const header = z.strictObject({
  format: z.literal(1),
  kdf: z.strictObject({
    name: z.literal(KDF.name),
    cost: z.literal(KDF.cost),
    blockSize: z.literal(KDF.blockSize),
    parallel: z.literal(KDF.parallel),
    salt: z.string().regex(/^[0-9a-f]{32}$/),
  }),
  cipher: z.literal('aes-256-gcm'),
  blockBytes: z.literal(MB),
  nonce: z.string().regex(/^[0-9a-f]{14}$/),
})

interface Keys {
  data: Buffer
  /** Proves that the passphrase is the right one, before any data is looked at. */
  check: Buffer
}

/** Full and half width, composed and decomposed are the same: what input methods make of one phrase differs. */
const keysOf = (passphrase: string, salt: string): Promise<Keys> =>
  new Promise((resolve, reject) => {
    const options = { N: KDF.cost, r: KDF.blockSize, p: KDF.parallel, maxmem: 256 * MB }
    scrypt(passphrase.normalize('NFKC'), Buffer.from(salt, 'hex'), 64, options, (error, key) => {
      if (error) reject(error)
      else resolve({ data: key.subarray(0, 32), check: key.subarray(32) })
    })
  })

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()

/** Number of the block and whether it is the last are part of its nonce: none can be moved, left out or cut off. */
function nonceOf(prefix: string, block: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  Buffer.from(prefix, 'hex').copy(nonce)
  nonce.writeUInt32BE(block, 7)
  nonce.writeUInt8(isLast ? 1 : 0, 11)
  return nonce
}

/** Encrypts what streams through. @throws AppError 'share.weak-passphrase' */
export async function* encrypted(chunks: AsyncIterable<Uint8Array>, passphrase: string): AsyncGenerator<Buffer> {
  if (passphrase.length < LEAST_PASSPHRASE) throw new AppError('share.weak-passphrase', { least: LEAST_PASSPHRASE })
  const salt = randomBytes(16).toString('hex')
  const prefix = randomBytes(7).toString('hex')
  const keys = await keysOf(passphrase, salt)
  const text = Buffer.from(
    JSON.stringify({ format: 1, kdf: { ...KDF, salt }, cipher: 'aes-256-gcm', blockBytes: MB, nonce: prefix }),
    'utf8',
  )
  const size = Buffer.alloc(4)
  size.writeUInt32BE(text.length)
  const head = Buffer.concat([SEALED_MAGIC, size, text])
  const check = createHmac('sha256', keys.check).update(head).digest()
  yield Buffer.concat([head, sha256(head), check])
  let block = 0
  const seal = (bytes: Uint8Array, isLast: boolean): Buffer => {
    const cipher = createCipheriv('aes-256-gcm', keys.data, nonceOf(prefix, block, isLast)).setAAD(check)
    block += 1
    return Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()])
  }
  let waiting: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    waiting = Buffer.concat([waiting, chunk])
    for (; waiting.length > MB; waiting = waiting.subarray(MB)) yield seal(waiting.subarray(0, MB), false)
  }
  yield seal(waiting, true)
}

/**
 * Decrypts a file block by block; nothing unproven is ever given out.
 * @param name how the file is called in errors
 * @throws AppError 'share.passphrase-needed', 'share.wrong-passphrase', 'share.tampered', 'share.newer', 'share.truncated'
 */
export async function* decrypted(file: string, name: string, passphrase: string | null): AsyncGenerator<Buffer> {
  const handle = await open(file, 'r')
  try {
    const { parameters, check, head, dataAt } = await readHead(handle, name)
    if (passphrase === null) throw new AppError('share.passphrase-needed', { file: name })
    const keys = await keysOf(passphrase, parameters.kdf.salt)
    if (!timingSafeEqual(createHmac('sha256', keys.check).update(head).digest(), check))
      throw new AppError('share.wrong-passphrase', { file: name })
    const { size } = await handle.stat()
    const blocks = Math.max(1, Math.ceil((size - dataAt) / (MB + TAG_BYTES)))
    for (let block = 0; block < blocks; block += 1) {
      const bytes = await readAt(handle, dataAt + block * (MB + TAG_BYTES), MB + TAG_BYTES)
      const isLast = block === blocks - 1
      yield unsealed(bytes, keys.data, { nonce: nonceOf(parameters.nonce, block, isLast), check, name, block })
    }
  } finally {
    await handle.close()
  }
}

interface BlockPlace {
  nonce: Buffer
  check: Buffer
  name: string
  block: number
}

function unsealed(bytes: Buffer, key: Buffer, { nonce, check, name, block }: BlockPlace): Buffer {
  if (bytes.length < TAG_BYTES) throw new AppError('share.truncated', { file: name })
  const body = bytes.subarray(0, bytes.length - TAG_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
  decipher.setAAD(check).setAuthTag(bytes.subarray(bytes.length - TAG_BYTES))
  try {
    return Buffer.concat([decipher.update(body), decipher.final()])
  } catch (cause) {
    throw new AppError('share.tampered', { file: name, at: `block ${block + 1}` }, { cause })
  }
}

async function readHead(handle: FileHandle, name: string) {
  const fixed = await readAt(handle, 0, SEALED_MAGIC.length + 4)
  if (fixed.length < SEALED_MAGIC.length + 4) throw new AppError('share.truncated', { file: name })
  const headerBytes = fixed.readUInt32BE(SEALED_MAGIC.length)
  if (headerBytes > MOST_HEADER_BYTES) throw new AppError('share.tampered', { file: name, at: 'header' })
  const dataAt = fixed.length + headerBytes + 2 * HASH_BYTES
  const all = await readAt(handle, 0, dataAt)
  if (all.length < dataAt) throw new AppError('share.truncated', { file: name })
  const head = all.subarray(0, fixed.length + headerBytes)
  // The header's own hash tells damage from a wrong passphrase.
  if (!sha256(head).equals(all.subarray(head.length, head.length + HASH_BYTES)))
    throw new AppError('share.tampered', { file: name, at: 'header' })
  const found = header.safeParse(parsed(head.subarray(fixed.length).toString('utf8')))
  if (!found.success) throw new AppError('share.newer', { file: name, found: 'sealed', known: 1 })
  return { parameters: found.data, head, check: all.subarray(head.length + HASH_BYTES), dataAt }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null // not what any version writes: refused by its shape
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length)
  let filled = 0
  while (filled < length) {
    const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}
