import { createReadStream } from 'node:fs'
import path from 'node:path'

/** What stands before the fuse wire in Electron's binary (docs/tutorial/fuses.md of Electron). */
const SENTINEL = Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX', 'latin1')
/** After the sentinel: one byte of version, one of length, then one character per fuse. */
const HEADER_BYTES = 2
const LONGEST_WIRE = 255

/** 'removed': this build of Electron no longer looks at the fuse. */
export type FuseState = 'on' | 'off' | 'removed' | 'unknown'

const STATES: Readonly<Record<string, FuseState>> = { '0': 'off', '1': 'on', r: 'removed' }

/** The file that carries the wire: the program itself, or on macOS the framework beside it. */
export const fuseFile = (binary: string): string =>
  /\.app\/Contents\/MacOS\//.test(binary)
    ? path.join(path.dirname(binary), '../Frameworks/Electron Framework.framework/Electron Framework')
    : binary

/** The fuses as they lie in a binary, in the order of the wire: none, one, or two in a binary for two machines. */
export async function readFuseWires(binary: string): Promise<FuseState[][]> {
  const wires: FuseState[][] = []
  const longest = SENTINEL.length + HEADER_BYTES + LONGEST_WIRE
  let held = Buffer.alloc(0)
  const take = (last: boolean) => {
    let at = held.indexOf(SENTINEL)
    while (at !== -1 && (last || held.length - at >= longest)) {
      wires.push(wireAt(held, at + SENTINEL.length))
      held = held.subarray(at + SENTINEL.length)
      at = held.indexOf(SENTINEL)
    }
    // A sentinel may begin in this part and end in the next.
    if (at === -1) held = held.subarray(Math.max(0, held.length - SENTINEL.length + 1))
  }
  for await (const part of createReadStream(binary, { highWaterMark: 4 * 2 ** 20 })) {
    held = Buffer.concat([held, part as Buffer])
    take(false)
  }
  take(true)
  return wires
}

function wireAt(bytes: Buffer, at: number): FuseState[] {
  const [version = 0, length = 0] = bytes.subarray(at, at + HEADER_BYTES)
  if (version !== 1) throw new Error(`fuse wire of version ${version}, which this program does not know`)
  const wire = bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length)
  return Array.from(wire, (state) => STATES[String.fromCharCode(state)] ?? 'unknown')
}
