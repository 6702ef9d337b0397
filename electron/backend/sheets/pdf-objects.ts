import { PDFArray, PDFDict, PDFHexString, PDFName, PDFNumber, PDFString, type PDFObject } from 'pdf-lib'

/* Small readers of someone else's PDF objects: whatever is not as it should be is simply absent. */

const MOST_ITEMS = 4096

export const dictAt = (dict: PDFDict, key: string): PDFDict | null => {
  const found = dict.lookup(PDFName.of(key))
  return found instanceof PDFDict ? found : null
}

export const arrayAt = (dict: PDFDict, key: string): PDFObject[] | null => {
  const found = dict.lookup(PDFName.of(key))
  if (!(found instanceof PDFArray) || found.size() > MOST_ITEMS) return null
  return Array.from({ length: found.size() }, (_, index) => found.lookup(index)).filter((item) => item !== undefined)
}

/** Dictionaries of an entry that may hold one or a list of them. */
export const dictsAt = (dict: PDFDict, key: string): PDFDict[] => {
  const one = dictAt(dict, key)
  return one ? [one] : (arrayAt(dict, key) ?? []).filter((item) => item instanceof PDFDict)
}

export const textOf = (item: PDFObject | undefined): string | null => {
  if (item instanceof PDFString || item instanceof PDFHexString) return item.decodeText()
  return item instanceof PDFName ? item.decodeText() : null
}

/** Numbers; the OGC form writes them as texts. */
export const numberOf = (item: PDFObject | undefined): number | null => {
  const value = item instanceof PDFNumber ? item.asNumber() : Number(textOf(item) ?? NaN)
  return Number.isFinite(value) ? value : null
}

export const textAt = (dict: PDFDict, key: string): string | null => textOf(dict.lookup(PDFName.of(key)))
export const numberAt = (dict: PDFDict, key: string): number | null => numberOf(dict.lookup(PDFName.of(key)))

/** All of a list as numbers, or null when one of them is none. */
export const numbersAt = (dict: PDFDict, key: string): number[] | null => {
  const values = arrayAt(dict, key)?.map(numberOf) ?? null
  return values === null || values.includes(null) ? null : values.filter((value) => value !== null)
}

/** x, y, x, y … → pairs. */
export const pairwise = (values: readonly number[]): [number, number][] =>
  Array.from({ length: Math.floor(values.length / 2) }, (_, index) => [values[2 * index] ?? 0, values[2 * index + 1] ?? 0])
