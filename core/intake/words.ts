/** Names as comparable words: upper case, split at everything that is neither letter nor digit, digits cut off the ends. */
export const wordsOf = (name: string): string[] =>
  name
    .normalize('NFKC')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toUpperCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.replace(/^\d+|\d+$/g, ''))
    .filter((word) => word !== '')

/** True when `part`'s words stand one after the other in `whole`. */
export function holdsInOrder(whole: readonly string[], part: readonly string[]): boolean {
  if (part.length === 0) return false
  return whole.some((_, start) => part.every((word, index) => whole[start + index] === word))
}

export const isHan = (text: string): boolean => /\p{Script=Han}/u.test(text)
