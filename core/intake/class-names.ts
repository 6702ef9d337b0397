import { byName } from '../reference/code-schemes.ts'

/**
 * The class that a name stands for when it contradicts the code beside it; null when they agree, when one is only broader than the
 * other (0701 and 居住用地), or when the name is unknown or stands for several classes.
 */
export function contradictingClass(code: string | null, name: string | null): string | null {
  const named = name === null || name.trim() === '' ? undefined : byName(name.normalize('NFKC').trim())
  if (code === null || named === undefined || named.split) return null
  return code.startsWith(named.code) || named.code.startsWith(code) ? null : named.code
}
