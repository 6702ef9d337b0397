import { randomUUID } from 'node:crypto'

/** UUIDs travel as text and are stored as 16 bytes where the log is long. */
export const newUuid = (): string => randomUUID()

export const uuidToBlob = (uuid: string): Buffer => {
  const blob = Buffer.from(uuid.replaceAll('-', ''), 'hex')
  if (blob.length !== 16) throw new Error(`Not a UUID: ${uuid}`)
  return blob
}

export const uuidFromBlob = (blob: Uint8Array): string =>
  Buffer.from(blob)
    .toString('hex')
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
