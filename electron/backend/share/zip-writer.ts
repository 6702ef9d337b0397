import { createHash } from 'node:crypto'
import { crc32, createDeflateRaw } from 'node:zlib'
import { pipeline, Readable } from 'node:stream'

/** One file of an archive. Text is packed; what is packed or random already is stored as it is. */
export interface ZipMember {
  name: string
  isText: boolean
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>
}

/** What was written of a member, for the manifest. */
export interface WrittenMember {
  name: string
  sizeBytes: number
  sha256: string
}

interface Entry extends WrittenMember {
  method: 0 | 8
  crc: number
  packedBytes: number
  offset: number
}

const MOST_32 = 0xffff_ffff
/** Names in UTF-8; sizes follow the data. */
const FLAGS = 0x0808
/** 1980-01-01 00:00: the same content gives the same bytes. */
const DOS_DATE = 0x0021
const VERSION = 45

/**
 * An archive as it grows, in any size (zip64 where needed). Members are asked for one after the other, so the last may be made of what
 * `written` says of the earlier ones.
 */
export async function* zipped(members: (written: readonly WrittenMember[]) => AsyncGenerator<ZipMember>): AsyncGenerator<Buffer> {
  const entries: Entry[] = []
  let offset = 0
  for await (const member of members(entries)) {
    const entry: Entry = {
      name: member.name,
      method: member.isText ? 8 : 0,
      sizeBytes: 0,
      packedBytes: 0,
      crc: 0,
      sha256: '',
      offset,
    }
    const head = localHeader(entry)
    yield head
    for await (const chunk of packed(member, entry)) {
      entry.packedBytes += chunk.length
      yield chunk
    }
    const tail = descriptor(entry)
    yield tail
    offset += head.length + entry.packedBytes + tail.length
    entries.push(entry)
  }
  yield directory(entries, offset)
}

async function* packed({ chunks }: ZipMember, entry: Entry): AsyncGenerator<Buffer> {
  const hash = createHash('sha256')
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk)
      entry.crc = crc32(chunk, entry.crc)
      entry.sizeBytes += chunk.length
      yield chunk
    }
  }
  const source = Readable.from(counted())
  // A failing source ends the packer with its error, so that whoever reads it hears of it.
  yield* entry.method === 8 ? pipeline(source, createDeflateRaw(), () => undefined) : source
  entry.sha256 = hash.digest('hex')
}

function localHeader({ name, method }: Entry): Buffer {
  const bytes = Buffer.from(name, 'utf8')
  const head = Buffer.alloc(30)
  head.writeUInt32LE(0x0403_4b50, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(FLAGS, 6)
  head.writeUInt16LE(method, 8)
  head.writeUInt16LE(DOS_DATE, 12)
  head.writeUInt16LE(bytes.length, 26)
  return Buffer.concat([head, bytes])
}

function descriptor({ crc, packedBytes, sizeBytes }: Entry): Buffer {
  const isBig = Math.max(packedBytes, sizeBytes) >= MOST_32
  const tail = Buffer.alloc(isBig ? 24 : 16)
  tail.writeUInt32LE(0x0807_4b50, 0)
  tail.writeUInt32LE(crc, 4)
  if (isBig) {
    tail.writeBigUInt64LE(BigInt(packedBytes), 8)
    tail.writeBigUInt64LE(BigInt(sizeBytes), 16)
  } else {
    tail.writeUInt32LE(packedBytes, 8)
    tail.writeUInt32LE(sizeBytes, 12)
  }
  return tail
}

function centralHeader({ name, method, crc, packedBytes, sizeBytes, offset }: Entry): Buffer {
  const bytes = Buffer.from(name, 'utf8')
  const isBig = Math.max(packedBytes, sizeBytes, offset) >= MOST_32
  const extra = Buffer.alloc(isBig ? 28 : 0)
  if (isBig) {
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    for (const [at, value] of [sizeBytes, packedBytes, offset].entries()) extra.writeBigUInt64LE(BigInt(value), 4 + at * 8)
  }
  const head = Buffer.alloc(46)
  head.writeUInt32LE(0x0201_4b50, 0)
  head.writeUInt16LE(VERSION, 4)
  head.writeUInt16LE(VERSION, 6)
  head.writeUInt16LE(FLAGS, 8)
  head.writeUInt16LE(method, 10)
  head.writeUInt16LE(DOS_DATE, 14)
  head.writeUInt32LE(crc, 16)
  head.writeUInt32LE(isBig ? MOST_32 : packedBytes, 20)
  head.writeUInt32LE(isBig ? MOST_32 : sizeBytes, 24)
  head.writeUInt16LE(bytes.length, 28)
  head.writeUInt16LE(extra.length, 30)
  head.writeUInt32LE(isBig ? MOST_32 : offset, 42)
  return Buffer.concat([head, bytes, extra])
}

function directory(entries: readonly Entry[], offset: number): Buffer {
  const central = Buffer.concat(entries.map(centralHeader))
  const isBig = offset + central.length >= MOST_32 || entries.length >= 0xffff
  const end64 = Buffer.alloc(isBig ? 76 : 0)
  if (isBig) {
    end64.writeUInt32LE(0x0606_4b50, 0)
    end64.writeBigUInt64LE(44n, 4)
    end64.writeUInt16LE(VERSION, 12)
    end64.writeUInt16LE(VERSION, 14)
    end64.writeBigUInt64LE(BigInt(entries.length), 24)
    end64.writeBigUInt64LE(BigInt(entries.length), 32)
    end64.writeBigUInt64LE(BigInt(central.length), 40)
    end64.writeBigUInt64LE(BigInt(offset), 48)
    end64.writeUInt32LE(0x0706_4b50, 56)
    end64.writeBigUInt64LE(BigInt(offset + central.length), 64)
    end64.writeUInt32LE(1, 72)
  }
  const end = Buffer.alloc(22)
  const count = isBig ? 0xffff : entries.length
  end.writeUInt32LE(0x0605_4b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(isBig ? MOST_32 : central.length, 12)
  end.writeUInt32LE(isBig ? MOST_32 : offset, 16)
  return Buffer.concat([central, end64, end])
}
