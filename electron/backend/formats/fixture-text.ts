/** For tests: text → bytes in encodings for which the platform only has a decoder, by asking it what every pair of bytes means. */

const tables = new Map<string, Map<string, readonly number[]>>()

function tableOf(label: string): Map<string, readonly number[]> {
  const known = tables.get(label)
  if (known) return known
  const decoder = new TextDecoder(label)
  const table = new Map<string, readonly number[]>()
  const learn = (...bytes: number[]): void => {
    const text = decoder.decode(Uint8Array.from(bytes))
    if (Array.from(text).length === 1 && text !== '\uFFFD' && !table.has(text)) table.set(text, bytes)
  }
  for (let byte = 0; byte < 0x100; byte++) learn(byte)
  for (let lead = 0x81; lead < 0xff; lead++) for (let trail = 0x40; trail < 0xff; trail++) learn(lead, trail)
  tables.set(label, table)
  return table
}

/** @throws Error for a character that the encoding does not have. */
export function encodeText(label: string, text: string): Uint8Array {
  if (label === 'utf-8') return new TextEncoder().encode(text)
  const table = tableOf(label)
  return Uint8Array.from(
    Array.from(text).flatMap((character) => {
      const bytes = table.get(character)
      if (!bytes) throw new Error(`“${character}” is not in ${label}`)
      return [...bytes]
    }),
  )
}
