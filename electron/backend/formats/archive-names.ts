/** An entry's name as its packer meant it: the UTF-8 flag, the Unicode path field, strict UTF-8, and GBK as Chinese Windows writes. */
export function decodeEntryName(raw: Buffer, isUtf8: boolean, extraFields: readonly { id: number; data: Buffer }[]): string {
  const unicodePath = extraFields.find(({ id, data }) => id === 0x7075 && data.length > 5 && data[0] === 1)
  if (unicodePath) return unicodePath.data.subarray(5).toString('utf8')
  if (isUtf8) return raw.toString('utf8')
  for (const label of ['utf-8', 'gbk']) {
    try {
      return new TextDecoder(label, { fatal: true }).decode(raw)
    } catch {
      continue // not valid in this encoding: the next one is tried
    }
  }
  return raw.toString('latin1')
}

/** True for names that try to leave the folder they are unpacked into, on any system. */
export function isUnsafeName(name: string): boolean {
  const parts = name.replaceAll('\\', '/').split('/')
  return name.includes('\0') || parts.includes('..') || name.startsWith('/') || name.startsWith('\\') || /^[A-Za-z]:/.test(name)
}

export const normalName = (name: string): string => name.replaceAll('\\', '/').normalize('NFC')
