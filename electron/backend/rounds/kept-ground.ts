import fs from 'node:fs'
import path from 'node:path'
import type { Plan } from '#core/model/plan.ts'
import type { ChangedGround } from '#core/plan-diff/ground.ts'

type Pair = { before: Pick<Plan, 'gpkgSha256'>; after: Pick<Plan, 'gpkgSha256'> }

/** Where two versions differ, kept under the hashes of both, so that a warning needs no new comparison. Rebuildable, as all of `cache/`. */
export function createKeptGround(cacheDir: string) {
  const dir = path.join(cacheDir, 'rounds')
  const known = new Map<string, ChangedGround>()
  const fileOf = ({ before, after }: Pair) => path.join(dir, `${before.gpkgSha256}-${after.gpkgSha256}.json`)
  return {
    put(pair: Pair, ground: ChangedGround): void {
      const file = fileOf(pair)
      known.set(file, ground)
      fs.mkdirSync(dir, { recursive: true })
      const half = `${file}.${process.pid}.part`
      fs.writeFileSync(half, JSON.stringify(ground))
      fs.renameSync(half, file)
    },
    /** null when it was never compared here, or the cache was emptied: then nothing is claimed about it. */
    find(pair: Pair): ChangedGround | null {
      const file = fileOf(pair)
      const found = known.get(file)
      if (found !== undefined || !fs.existsSync(file)) return found ?? null
      // Written whole and renamed by us; a file that somebody broke is a bug worth hearing of.
      const read = JSON.parse(fs.readFileSync(file, 'utf8')) as ChangedGround
      known.set(file, read)
      return read
    },
  }
}

export type KeptGround = ReturnType<typeof createKeptGround>
