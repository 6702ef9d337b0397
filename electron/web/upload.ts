import { createWriteStream } from 'node:fs'
import { mkdir, rm, statfs } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import path from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { FileTokens } from '#backend/backend.ts'
import type { FileToken } from '#core/model/ids.ts'

const MAX_DEPTH = 8
const MAX_NAME_CHARACTERS = 120
const MAX_FILES = 2000
const FREE_BYTES_LEFT = 256 * 1024 * 1024

// oxlint-disable-next-line no-control-regex -- control characters are exactly what must not be in a name
const FORBIDDEN = /[\u0000-\u001f\u007f<>:"|?*\\\u200e\u200f\u202a-\u202e\u2066-\u2069]/
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)(\.|$)/i

/**
 * The parts of a relative path that is safe on every system, or undefined. Names are refused, never repaired: a repaired name
 * would no longer be the one that the manifest speaks of.
 */
export function safeRelativePath(encoded: string | undefined): string[] | undefined {
  const decoded = decode(encoded ?? '')
  const parts = decoded?.normalize('NFC').split('/') ?? []
  const safe = parts.every(
    (part) =>
      part.length > 0 &&
      part.length <= MAX_NAME_CHARACTERS &&
      !FORBIDDEN.test(part) &&
      !DEVICE.test(part) &&
      !/[. ]$/.test(part) &&
      !part.startsWith(' '),
  )
  return safe && parts.length > 0 && parts.length <= MAX_DEPTH ? parts : undefined
}

function decode(encoded: string): string | undefined {
  try {
    const decoded = decodeURIComponent(encoded)
    return decoded.isWellFormed() ? decoded : undefined
  } catch {
    return undefined // not a percent encoding, so not a name
  }
}

export interface UploadLimits {
  fileBytes: number
  uploadBytes: number
}

/** Plans with rasters are large; a reviewer's disk is finite. Beyond these the answer is 413. */
export const UPLOAD_LIMITS: UploadLimits = { fileBytes: 4 * 1024 ** 3, uploadBytes: 16 * 1024 ** 3 }

export type UploadAnswer =
  { status: 200; body: { token: FileToken; bytes: number } } | { status: number; body: { problem: string } }

interface Upload {
  dir: string
  session: string
  bytes: number
  files: number
}

const no = (status: number, problem: string): UploadAnswer => ({ status, body: { problem } })

/**
 * Takes one file per request into a staging folder. The first request makes the upload; later ones of the same session name its
 * token in `X-Greenprint-Upload`. `X-Greenprint-Path` is the relative path, percent-encoded.
 */
export function createUploads(tokens: FileTokens, limits: UploadLimits = UPLOAD_LIMITS) {
  const uploads = new Map<string, Upload>()

  const find = (named: string | undefined, session: string): { token: FileToken; upload: Upload } | undefined => {
    if (named === undefined) {
      const { token, dir } = tokens.openUpload()
      const upload = { dir, session, bytes: 0, files: 0 }
      uploads.set(token, upload)
      return { token, upload }
    }
    const upload = uploads.get(named)
    return upload?.session === session ? { token: named as FileToken, upload } : undefined
  }

  return async (request: IncomingMessage, session: string): Promise<UploadAnswer> => {
    const parts = safeRelativePath(one(request, 'x-greenprint-path'))
    if (parts === undefined) return no(400, 'file name')
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > limits.fileBytes) return no(413, 'file too large')
    const found = find(one(request, 'x-greenprint-upload'), session)
    if (found === undefined) return no(404, 'unknown upload')
    const { token, upload } = found
    if (upload.files >= MAX_FILES) return no(413, 'too many files')
    const free = await statfs(upload.dir)
    if (announced > free.bavail * free.bsize - FREE_BYTES_LEFT) return no(507, 'disk full')
    upload.files += 1
    const file = path.join(upload.dir, ...parts)
    const written = await write(request, file, Math.min(limits.fileBytes, limits.uploadBytes - upload.bytes))
    if (typeof written !== 'number') return written
    upload.bytes += written
    return { status: 200, body: { token, bytes: written } }
  }
}

const one = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name]
  return Array.isArray(value) ? undefined : value
}

/** Streams the body to a new file; half a file never stays. */
async function write(request: IncomingMessage, file: string, limit: number): Promise<number | UploadAnswer> {
  let bytes = 0
  const count = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes > limit) done(new TooLarge())
      else done(null, chunk)
    },
  })
  try {
    await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
    const target = createWriteStream(file, { flags: 'wx', mode: 0o600 })
    await pipeline(request, count, target)
    return bytes
  } catch (error) {
    const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined
    if (code === 'EEXIST' || code === 'ENOTDIR' || code === 'EISDIR') return no(409, 'name taken')
    await rm(file, { force: true })
    if (error instanceof TooLarge) return no(413, 'file too large')
    if (code === 'ENOSPC') return no(507, 'disk full')
    if (code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET') return no(400, 'broken off')
    throw error
  }
}

class TooLarge extends Error {}
