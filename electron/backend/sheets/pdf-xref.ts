/** A field of a cross-reference stream is a number of at most so many bytes; no reader needs more. */
const WIDEST_FIELD = 8
/** Dictionaries of cross-reference streams are short. */
const MOST_DICT_BYTES = 64 * 1024

const numbersIn = (dict: string, key: 'W' | 'Index' | 'Size'): number[] => {
  const found = new RegExp(String.raw`/${key}\s*(?:\[([^\]]*)\]|(\d+))`).exec(dict)
  return (found?.[1] ?? found?.[2] ?? '')
    .split(/\s+/)
    .filter((word) => word !== '')
    .map(Number)
}

/**
 * False where a cross-reference stream claims fields or entries that the file cannot hold: the library would count through all of them,
 * which takes minutes. What it does not see (numbers behind references) the process's own patience ends.
 */
export function hasPlausibleXrefs(bytes: Buffer): boolean {
  for (let at = bytes.indexOf('/XRef'); at !== -1; at = bytes.indexOf('/XRef', at + 5)) {
    const from = Math.max(at - MOST_DICT_BYTES, bytes.lastIndexOf(' obj', at), 0)
    const end = bytes.indexOf('stream', at)
    const dict = bytes.toString('latin1', from, Math.min(end === -1 ? bytes.length : end, at + MOST_DICT_BYTES))
    const [widths, index, size] = [numbersIn(dict, 'W'), numbersIn(dict, 'Index'), numbersIn(dict, 'Size')]
    if (widths.some((width) => width > WIDEST_FIELD)) return false
    const entries = index.length > 0 ? index.filter((_, place) => place % 2 === 1) : size
    if (entries.reduce((sum, count) => sum + count, 0) > bytes.length) return false
  }
  return true
}
