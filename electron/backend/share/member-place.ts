import { createHash } from 'node:crypto'
import path from 'node:path'

/** Where a member of an opened package lies. Flat names of our own: nothing in an archive ever becomes a path. */
export const placeOf = (dir: string, member: string): string =>
  path.join(dir, `${createHash('sha256').update(member).digest('hex')}.member`)
