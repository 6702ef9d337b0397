import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import { decodeFrame, encodeFrame } from '#core/contract/frames.ts'

const SEAL_BYTES = 32

const digest = (content: Uint8Array): Buffer => createHash('sha256').update(content).digest()

/** Writes a value, binary parts and all, under a seal of its own bytes: whole or not at all. */
export function writeSealedFrame(file: string, value: unknown): void {
  const frame = encodeFrame(value)
  const bytes = typeof frame === 'string' ? Buffer.from(frame, 'utf8') : frame
  const kind = Buffer.from([typeof frame === 'string' ? 0 : 1])
  const temporary = `${file}.${process.pid}.tmp`
  fs.mkdirSync(path.dirname(file), { recursive: true })
  fs.writeFileSync(temporary, Buffer.concat([digest(bytes), kind, bytes]))
  fs.renameSync(temporary, file)
}

/** What `writeSealedFrame` wrote; `damaged` when the seal does not fit, undefined where there is no such file. */
export function readSealedFrame(file: string): { value: unknown } | 'damaged' | undefined {
  if (!fs.existsSync(file)) return undefined
  const bytes = fs.readFileSync(file)
  // A copy, so that typed arrays lie on their own boundaries.
  const body = new Uint8Array(bytes.subarray(SEAL_BYTES + 1))
  if (bytes.length <= SEAL_BYTES || !digest(body).equals(bytes.subarray(0, SEAL_BYTES))) return 'damaged'
  return { value: bytes[SEAL_BYTES] === 0 ? (JSON.parse(Buffer.from(body).toString('utf8')) as unknown) : decodeFrame(body) }
}
