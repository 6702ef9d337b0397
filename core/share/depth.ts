/** Deeper than anything that a package of ours nests; deep enough nesting overflows whoever walks it. */
export const DEEPEST_JSON = 64

/**
 * How deeply a JSON text nests arrays and objects, without parsing it; counting stops where it is deeper than `DEEPEST_JSON`.
 * @param text any text; brackets within strings do not count
 */
export function nestingOf(text: string): number {
  let depth = 0
  let deepest = 0
  let inString = false
  for (let at = 0; at < text.length && deepest <= DEEPEST_JSON; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === 0x5c) at += 1
      else if (code === 0x22) inString = false
    } else if (code === 0x22) inString = true
    else if (code === 0x7b || code === 0x5b) {
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (code === 0x7d || code === 0x5d) depth -= 1
  }
  return deepest
}
