import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import Database from 'better-sqlite3'
import { afterAll, describe, expect, it } from 'vitest'
import { cancelSource } from '#core/contract/cancel.ts'
import type { Progress } from '#core/contract/procedures.ts'
import { hasOgrinfo, ogrinfo, quietCall } from '../import/fixture-files.ts'
import { importSample } from './fixture-sample.ts'
import { makeSample } from './sample-service.ts'
import { writeSample } from './write-sample.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-sample-'))
afterAll(() => fs.rmSync(dir, { recursive: true, force: true }))
const folder = (name: string): string => path.join(dir, name)

describe('writing the sample city', () => {
  it('gives the same bytes twice, over an older copy too', () => {
    const first = writeSample(folder('a'), { parcels: 1000, seed: 3 }, () => undefined)
    writeSample(folder('b'), { parcels: 1000, seed: 4 }, () => undefined)
    const second = writeSample(folder('b'), { parcels: 1000, seed: 3 }, () => undefined)
    expect(second.files).toEqual(first.files)
    expect(fs.readdirSync(folder('b')).toSorted()).toEqual(first.files.toSorted())
    for (const name of first.files) {
      const [one, other] = ['a', 'b'].map((which) => fs.readFileSync(path.join(folder(which), name)))
      expect(one?.equals(other ?? Buffer.alloc(0)), name).toBe(true)
    }
  })

  it('counts what it wrote, layer by layer', () => {
    const reports: [number, number][] = []
    const written = writeSample(folder('counted'), { parcels: 1200, seed: 5 }, (done, total) => reports.push([done, total]))
    expect(written.parcels).toBeGreaterThanOrEqual(1200)
    expect(reports.map(([done]) => done)).toEqual(reports.map((_, index) => index).with(-1, reports.at(-1)?.[1] ?? -1))
    const db = new Database(path.join(folder('counted'), 'qinglan.gpkg'), { readonly: true })
    for (const { table, features } of written.layers)
      expect(db.prepare(`SELECT count(*) AS features FROM "${table}"`).get(), table).toEqual({ features })
    db.close()
  })

  it.skipIf(!hasOgrinfo)('writes a GeoPackage that GDAL opens without a warning', () => {
    writeSample(folder('gdal'), { parcels: 1000, seed: 1 }, () => undefined)
    const summary = ogrinfo(path.join(folder('gdal'), 'qinglan.gpkg'))
    for (const table of ['GHYDYH', 'STBHHX', 'LVD', 'RK']) expect(summary).toContain(`Layer name: ${table}`)
  })

  it.each([
    { parcels: 1000, seed: 1 },
    { parcels: 1600, seed: 12 },
    { parcels: 3000, seed: 7 },
  ])('is clean: importing it ($parcels parcels, seed $seed) repairs nothing and knows every class', async (options) => {
    const sample = await importSample(options)
    try {
      const db = new Database(sample.files.gpkg, { readonly: true })
      expect(db.prepare('SELECT * FROM greenprint_repairs').all()).toEqual([])
      db.close()
      expect(sample.layers.map(({ unknownClasses }) => Object.keys(unknownClasses)).flat()).toEqual([])
      expect(sample.layers.flatMap(({ notes }) => notes).filter(({ severity }) => severity !== 'info')).toEqual([])
    } finally {
      sample.remove()
    }
  })
})

describe('making the sample city in a worker', () => {
  it('writes the same files and reports the way there', async () => {
    const heard: Progress[] = []
    const written = await makeSample(
      folder('worker'),
      { parcels: 1000, seed: 3 },
      quietCall((progress) => heard.push(progress)),
    )
    expect(fs.existsSync(written.manifest)).toBe(true)
    expect(heard.at(-1)).toMatchObject({ done: written.layers.length + 1, total: written.layers.length + 1 })
    writeSample(folder('here'), { parcels: 1000, seed: 3 }, () => undefined)
    const bytes = (which: string) => fs.readFileSync(path.join(folder(which), 'qinglan.gpkg'))
    expect(bytes('worker').equals(bytes('here'))).toBe(true)
  })

  it('cancelled before or while it works, it says so and leaves nothing', async () => {
    const early = cancelSource()
    early.abort()
    const call = { signal: early.signal, progress: () => undefined }
    await expect(makeSample(folder('early'), { parcels: 1000, seed: 1 }, call)).rejects.toMatchObject({
      code: 'request.cancelled',
    })
    expect(fs.existsSync(folder('early'))).toBe(false)
    const source = cancelSource()
    const midway = makeSample(
      folder('midway'),
      { parcels: 30_000, seed: 1 },
      {
        signal: source.signal,
        progress: ({ done }) => {
          if (done === 2) source.abort()
        },
      },
    )
    await expect(midway).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(fs.existsSync(folder('midway'))).toBe(false)
    fs.mkdirSync(folder('mine'))
    fs.writeFileSync(path.join(folder('mine'), 'notes.txt'), 'mine')
    const again = cancelSource()
    const intoMine = makeSample(
      folder('mine'),
      { parcels: 5000, seed: 1 },
      { signal: again.signal, progress: () => again.abort() },
    )
    await expect(intoMine).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(fs.readdirSync(folder('mine'))).toEqual(['notes.txt'])
  })
})
