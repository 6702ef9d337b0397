/**
 * JSON that is the same text for the same content: keys sorted by code unit, no spaces, numbers in the shortest form that reads
 * back exactly, -0 as 0, absent members left out. Seals are hashes of this text.
 *
 * Throws a RangeError that names the path when a number is NaN or infinite, and a TypeError for what JSON cannot hold: neither
 * has a place in a result.
 */
export function canonicalJson(value: unknown, path = '$'): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  if (typeof value === 'number') return canonicalNumber(value, path)
  if (Array.isArray(value))
    return `[${value.map((member, index) => canonicalJson(member ?? null, `${path}[${index}]`)).join(',')}]`
  if (typeof value === 'object') {
    const members = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
      .map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member, `${path}.${key}`)}`)
    return `{${members.join(',')}}`
  }
  throw new TypeError(`${path} is a ${typeof value}, which JSON cannot hold`)
}

function canonicalNumber(value: number, path: string): string {
  if (!Number.isFinite(value)) throw new RangeError(`${path} is ${value}, which a sealed result cannot hold`)
  return Object.is(value, -0) ? '0' : String(value)
}
