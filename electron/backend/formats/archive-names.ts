import { detectEncoding } from './encoding.ts'

/** An entry's name as it lies in the archive. */
export interface RawEntryName {
  raw: Buffer
  /** The archive's own flag for UTF-8. */
  isUtf8: boolean
  extraFields: readonly { id: number; data: Buffer }[]
}

/** Info-ZIP's field with the name in UTF-8. */
const UNICODE_PATH = 0x7075

const declaredName = ({ raw, isUtf8, extraFields }: RawEntryName): string | null => {
  const unicodePath = extraFields.find(({ id, data }) => id === UNICODE_PATH && data.length > 5 && data[0] === 1)
  if (unicodePath) return unicodePath.data.subarray(5).toString('utf8')
  return isUtf8 ? raw.toString('utf8') : null
}

/**
 * Names as their packer meant them: the UTF-8 flag, the Unicode path field, and for the others the one encoding that all of
 * them together look like (UTF-8, GBK, Big5, Shift-JIS …). One by one they would be too short to tell.
 */
export function decodeEntryNames(entries: readonly RawEntryName[]): string[] {
  const undeclared = entries.filter((entry) => declaredName(entry) === null)
  const { label } = detectEncoding([...new Map(undeclared.map(({ raw }) => [raw.toString('latin1'), raw])).values()], null)
  const decoder = new TextDecoder(label)
  return entries.map((entry) => declaredName(entry) ?? decoder.decode(entry.raw))
}

/** True for names that try to leave the folder they are unpacked into, on any system. */
export function isUnsafeName(name: string): boolean {
  const parts = name.replaceAll('\\', '/').split('/')
  return name.includes('\0') || parts.includes('..') || name.startsWith('/') || name.startsWith('\\') || /^[A-Za-z]:/.test(name)
}

export const normalName = (name: string): string => name.replaceAll('\\', '/').normalize('NFC')
