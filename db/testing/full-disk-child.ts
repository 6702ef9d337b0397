import fs from 'node:fs'
import path from 'node:path'
import { isDeepStrictEqual } from 'node:util'
import Database from 'better-sqlite3'
import { AppError } from '#core/errors.ts'
import { openForTest, REVIEWER, samplePlan } from './fixtures.ts'
import { findLoss } from './oracle.ts'

/** Fills the small disk it is given, saves once with the ballast, then fills it again; prints what happened as JSON. */
const [, , disk] = process.argv
if (disk === undefined) throw new Error('usage: full-disk-child.ts DIR')
const dir = path.join(disk, 'catalogue')
const catalogue = openForTest(dir, { ballastBytes: 400_000 })
const acknowledged: string[] = []
const save = (): void => void acknowledged.push(...catalogue.commands.addPlan(samplePlan('x'.repeat(20_000)), [], REVIEWER).opIds)

save()
fillDisk()
save()
const savedOnFullDisk = !fs.existsSync(path.join(dir, 'ballast.bin'))
let refused = ''
fillDisk()
try {
  for (;;) save()
} catch (error) {
  if (!(error instanceof AppError)) throw error
  refused = error.code
}
const before = catalogue.plans.list()
fs.rmSync(path.join(disk, 'filler'))
await catalogue.close()
const again = openForTest(dir)
const intact = again.audit.verify().intact && isDeepStrictEqual(again.plans.list(), before)
await again.close()
const database = new Database(path.join(dir, 'catalogue.sqlite'))
const problems = findLoss(database, acknowledged)
database.close()
console.log(JSON.stringify({ savedOnFullDisk, refused, intact, problems }))

function fillDisk(): void {
  const handle = fs.openSync(path.join(String(disk), 'filler'), 'a')
  try {
    for (;;) fs.writeSync(handle, Buffer.alloc(4096))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  } finally {
    fs.closeSync(handle)
  }
}
