import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { equalAreaFrame } from '#core/geo/frame.ts'
import type { SourceFeature } from '../formats/format.ts'
import { BatchPacker, unpackBatch } from './geometry-batch.ts'
import { ownLine, threadLine, type GeometryLine } from './geometry-line.ts'
import type { FittedBatch, GeometryTask } from './geometry-work.ts'
import { blobOf, boxAt, PackedFeatures } from './packed-features.ts'

const lines: GeometryLine[] = []
const opened = (line: GeometryLine): GeometryLine => {
  lines.push(line)
  return line
}
afterEach(async () => {
  for (const line of lines.splice(0)) await line.close()
})

const task: GeometryTask = {
  kind: 'polygon',
  role: 'landuse_plan',
  from: 'EPSG:4547',
  to: 'EPSG:4547',
  shift: null,
  file: 'parcels.shp',
  layer: null,
  srsId: 4547,
  multi: false,
  frame: equalAreaFrame(114, 22.6, 6378137, 298.257222101),
}

const square = (x: number, y: number, side: number) => Float64Array.of(x, y, x + side, y, x + side, y + side, x, y + side, x, y)
const bowTie = (x: number, y: number) => Float64Array.of(x, y, x + 9, y + 9, x + 9, y, x, y + 9, x, y)
const flat = (x: number, y: number) => Float64Array.of(x, y, x, y, x, y, x, y)

/** Parcels side by side; some cross themselves, some are nothing, some do not lie on the grid. */
function* parcels(count: number): Generator<SourceFeature> {
  for (let row = 1; row <= count; row += 1) {
    const [x, y] = [500_000 + 10 * (row % 100), 2_500_000 + 10 * Math.floor(row / 100)]
    const ring = row % 50 === 0 ? bowTie(x, y) : row % 77 === 0 ? flat(x, y) : square(x, y, row % 3 === 0 ? 9.99949 : 10)
    yield { row, geometry: { kind: 'polygon', parts: [[ring]] }, values: [row] }
  }
}

async function sentThrough(line: GeometryLine, features: Iterable<SourceFeature>, of: GeometryTask = task) {
  const stored: unknown[] = []
  const hash = createHash('sha256')
  const store = (fitted: FittedBatch, rows: readonly SourceFeature[]) => {
    for (const [index, { row }] of rows.entries()) {
      const blob = blobOf(fitted, index)
      if (blob) hash.update(blob)
      stored.push([row, blob?.length ?? 0, blob ? boxAt(fitted, index) : null])
    }
    stored.push(fitted.changes, fitted.found)
  }
  await line.open(of)
  await new PackedFeatures(line, store).addAll(features, ({ geometry }) => geometry)
  return { stored, bytes: hash.digest('hex'), measured: await line.finish() }
}

describe('the geometry line', () => {
  it('gives the same results in a thread of its own as in the thread that reads', async () => {
    const thread = opened(threadLine())
    const own = opened(ownLine())
    for (const frame of [task.frame, null]) {
      const here = await sentThrough(own, parcels(5000), { ...task, frame })
      const there = await sentThrough(thread, parcels(5000), { ...task, frame })
      expect(there.bytes).toBe(here.bytes)
      expect(JSON.stringify(there.stored)).toBe(JSON.stringify(here.stored))
      expect(there.measured).toEqual(here.measured)
      expect(here.measured === null).toBe(frame === null)
    }
  })

  it('names the first row that cannot be converted, and goes on with the next layer', async () => {
    const line = opened(threadLine())
    const offEarth: GeometryTask = { ...task, to: 'EPSG:4490', frame: null }
    function* wrong(): Generator<SourceFeature> {
      for (const feature of parcels(3000))
        yield feature.row === 1700 ? { ...feature, geometry: { kind: 'polygon', parts: [[square(1e8, 1e8, 10)]] } } : feature
      throw new Error('what comes later is not told first')
    }
    await expect(sentThrough(line, wrong(), offEarth)).rejects.toMatchObject({
      code: 'import.off-earth',
      params: { file: 'parcels.shp', row: 1700 },
    })
    const after = await sentThrough(line, parcels(10))
    expect(after.measured?.areaM2).toBeCloseTo(998, -1)
  })

  it('leaves measuring to the file where the frame was expected wrongly', async () => {
    const far = { ...task, frame: equalAreaFrame(-60, -20, 6378137, 298.257222101) }
    const { measured, bytes } = await sentThrough(opened(ownLine()), parcels(20), far)
    expect(measured).toBeNull()
    expect(bytes).toBe((await sentThrough(opened(ownLine()), parcels(20))).bytes)
  })

  it('hashes files in either thread', async () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-line-')), 'a.geojson')
    fs.writeFileSync(file, 'content')
    const sha256 = createHash('sha256').update('content').digest('hex')
    expect(await opened(ownLine()).hash(file)).toBe(sha256)
    expect(await opened(threadLine()).hash(file)).toBe(sha256)
    fs.rmSync(path.dirname(file), { recursive: true })
  })
})

it('a batch gives back the geometries that were packed, in whatever buffers', () => {
  const run = fc.array(fc.double({ noDefaultInfinity: true }), { maxLength: 12 }).map((values) => Float64Array.from(values))
  const parts = fc.array(fc.array(run, { maxLength: 3 }), { maxLength: 3 })
  fc.assert(
    fc.property(fc.array(parts, { maxLength: 20 }), fc.array(parts, { maxLength: 20 }), (first, second) => {
      const packer = new BatchPacker()
      for (const geometries of [first, second]) {
        for (const [index, geometry] of geometries.entries()) packer.add(index + 7, { kind: 'polygon', parts: geometry })
        const batch = packer.take()
        const found: unknown[] = []
        unpackBatch(batch, (unpacked, row, index) => found.push([unpacked, row, index]))
        expect(found).toEqual(geometries.map((geometry, index) => [geometry, index + 7, index]))
        packer.reuse(batch.xy.buffer)
      }
    }),
  )
})
