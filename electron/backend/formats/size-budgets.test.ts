import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { AppError } from '#core/errors.ts'
import { noFindings } from '#core/geo/geometry-findings.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { GRID, repairGeometry } from '#core/geo/repair.ts'
import { dbfBytes, options, polygonShape, readAll, scratch, shpBytes, square } from './fixture-writers.ts'
import { openSource } from './index.ts'

const place = scratch()
afterAll(place.remove)
const GB = 2 ** 30

/** A file that states more bytes than it has on disk. */
function sparse(name: string, head: Uint8Array, bytes: number): string {
  const file = place.write(name, head)
  fs.truncateSync(file, bytes)
  return file
}

/** What opening and reading ends in: nothing but data or a typed error, and soon. */
async function outcomeOf(file: string): Promise<string> {
  try {
    const source = await openSource(file, { ...options, stagingDir: place.dir })
    source.close()
    return 'data'
  } catch (error) {
    if (error instanceof AppError) return error.code
    throw error
  }
}

const seconds = async (task: () => unknown): Promise<number> => {
  const start = performance.now()
  await task()
  return (performance.now() - start) / 1000
}

describe('files larger than memory, sparse on disk', () => {
  it.each([
    ['just above 4 GB', 4 * GB + 1],
    ['5 GB', 5 * GB],
  ])('%s are refused in words, at once', async (_, bytes) => {
    const shp = sparse('huge.shp', shpBytes(5, [polygonShape([square(0, 0, 10)])]), bytes)
    const gpkg = sparse('huge.gpkg', new TextEncoder().encode('SQLite format 3\0'), 9 * GB)
    let used = 0
    for (const [file, codes] of [
      [shp, ['data', 'import.truncated', 'import.shapefile-broken']],
      [gpkg, ['import.file-too-large', 'import.geopackage-broken']],
    ] as const) {
      used += await seconds(async () => expect(codes, path.basename(file)).toContain(await outcomeOf(file)))
      fs.rmSync(file)
    }
    expect(used).toBeLessThan(10)
  })

  it('a record just below 4 GB is reached: offsets are not cut to 31 bits', async () => {
    const far = 4 * GB - 1024
    const shape = polygonShape([square(5, 5, 10)])
    const head = Buffer.from(shpBytes(5, []))
    head.writeInt32BE((far + 8 + shape.length) / 2, 24)
    const file = sparse('far.shp', head, far)
    const record = Buffer.alloc(8)
    record.writeInt32BE(1, 0)
    record.writeInt32BE(shape.length / 2, 4)
    fs.appendFileSync(file, Buffer.concat([record, shape]))
    const shx = Buffer.from(shpBytes(5, [])).subarray(0, 100)
    const entry = Buffer.alloc(8)
    entry.writeUInt32BE(far / 2, 0)
    entry.writeInt32BE(shape.length / 2, 4)
    shx.writeInt32BE(54, 24)
    place.write('far.shx', Buffer.concat([shx, entry]))
    const [found] = await readAll(file)
    expect(found?.features.map(({ geometry }) => geometry?.parts[0]?.[0]?.[0])).toEqual([5])
    fs.rmSync(file)
  })

  it('a table that claims four thousand million rows is refused before memory is taken', async () => {
    const file = place.write('claims.shp', shpBytes(5, [polygonShape([square(0, 0, 10)])]))
    const dbf = Buffer.from(dbfBytes([{ name: Buffer.from('A'), length: 5 }], [[Buffer.from('x')]]))
    dbf.writeUInt32LE(0xffffffff, 4)
    place.write('claims.dbf', dbf)
    expect(await outcomeOf(file)).toBe('import.truncated')
  })
})

describe('geometry without measure', () => {
  it('a ring of a million vertices is proven valid in seconds', async () => {
    const geos = await loadGeos()
    const ring = new Float64Array(2_000_002)
    for (let i = 0; i <= 1_000_000; i += 1) {
      const turn = (2 * Math.PI * (i % 1_000_000)) / 1_000_000
      const radius = 20_000 + 50 * Math.sin(800 * turn)
      ring[2 * i] = radius * Math.cos(turn)
      ring[2 * i + 1] = radius * Math.sin(turn)
    }
    let parts: Float64Array[][] = []
    const taken = await seconds(() => {
      ;({ parts } = repairGeometry({ kind: 'polygon', parts: [[ring]] }, geos, GRID.projected))
    })
    expect(parts[0]?.[0]?.length).toBeGreaterThan(1_900_000)
    expect(taken).toBeLessThan(20)
  })

  it('a hundred thousand rings of one feature are read and repaired in seconds', async () => {
    const geos = await loadGeos()
    const parts = Array.from({ length: 100_000 }, (_, i) => {
      const [x, y] = [(i % 400) * 10, Math.floor(i / 400) * 10]
      return [Float64Array.of(x, y, x + 5, y, x + 5, y + 5, x, y + 5, x, y)]
    })
    const taken = await seconds(() => {
      const repaired = repairGeometry({ kind: 'polygon', parts }, geos, GRID.projected)
      expect(repaired.parts).toHaveLength(100_000)
      expect(repaired.repairs).toEqual([])
    })
    expect(taken).toBeLessThan(30)
  })

  it('no number that is none is ever kept', async () => {
    const geos = await loadGeos()
    for (const bad of [NaN, Infinity, -Infinity, 1e308, -1e308]) {
      const ring = Float64Array.of(0, 0, 10, 0, bad, bad, 10, 10, 0, 10, 0, 0)
      const found = noFindings()
      const { parts } = repairGeometry({ kind: 'polygon', parts: [[ring]] }, geos, GRID.projected, found)
      for (const part of parts) for (const run of part) expect(run.every(Number.isFinite), String(bad)).toBe(true)
    }
  })
})
