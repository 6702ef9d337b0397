import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Layer } from '#core/model/plan.ts'
import { box, importBench, manifestOf, quietCall, writeGeoJson } from './fixture-files.ts'

const data = process.env.GREENPRINT_DATA ?? path.resolve(import.meta.dirname, '../../../../shared/data')
const kenton = path.join(data, 'kenton')
const hasKenton = fs.existsSync(path.join(kenton, 'flood.geojson'))
if (!hasKenton) console.log('open data is not here: the flood polygon of Kenton County is not tested')
const bench = importBench()
afterAll(bench.remove)
const noteOf = (layer: Layer | undefined, code: string) => layer?.notes.find((note) => note.code === code)

describe('the geometry of an imported layer', () => {
  it('is reported by kind, with the area before and after a repair', async () => {
    writeGeoJson(
      bench.source('odd.geojson'),
      [
        { polygon: [[[0, 0], [100, 100], [100, 0], [0, 100], [0, 0]]] },
        { polygon: [box(200, 0, 100), [[220, 20], [240, 20], [240, 40], [220, 40], [220, 20]]] },
        { polygon: [[[400, 0], [400, 0], [500, 0], [500, 100], [400, 0]]] },
        { polygon: [[[600, 0], [800, 0], [800, 0.2], [600, 0.2], [600, 0]]] },
        { polygon: [[[900, 0], [1000, 0], [1000, 50], [1500, 50.5], [1000, 51], [1000, 100], [900, 100], [900, 0]]] },
      ],
      4547,
    ) // prettier-ignore
    const manifest = manifestOf([{ role: 'green', path: 'odd.geojson', crs: 'LOCAL:metre' }], { crs: 'LOCAL:metre' })
    const { layers } = await bench.run(manifest)
    expect(noteOf(layers[0], 'geometry.report')).toMatchObject({
      severity: 'warning',
      params: { selfIntersections: 1, turnedHoles: 1, duplicatePoints: 1, slivers: 1, spikes: 1 },
    })
    const repaired = noteOf(layers[0], 'geometry.repaired')
    expect(repaired?.params).toMatchObject({ rows: 1, areaBeforeM2: 0, areaAfterM2: 5000 })
    expect(repaired?.text.en).toContain('0.00 m² → 5,000.00 m²')
  })
})

describe.skipIf(!hasKenton)('the invalid flood polygon of Kenton County', () => {
  it('is repaired in place, with its area accounted for', async () => {
    const manifest = manifestOf([{ role: 'other', path: 'flood.geojson' }], { crs: 'EPSG:4326' })
    const { layers } = await bench.service.run(manifest, kenton, quietCall())
    const [flood] = layers
    expect(flood).toMatchObject({ features: 1 })
    const { areaBeforeM2, areaAfterM2, areaDeltaM2 } = (noteOf(flood, 'geometry.repaired')?.params ?? {}) as Record<
      string,
      number
    >
    expect((areaAfterM2 ?? NaN) - (areaBeforeM2 ?? NaN)).toBeCloseTo(areaDeltaM2 ?? NaN, 3)
    // Repair is about topology: the ground stays what it was, to a share that is told.
    expect(Math.abs((areaDeltaM2 ?? NaN) / (areaBeforeM2 ?? NaN))).toBeLessThan(0.01)
    // The note's areas are taken in degrees at one latitude; the layer's is ellipsoidal.
    expect(Math.abs((areaAfterM2 ?? NaN) / (flood?.areaM2 ?? NaN) - 1)).toBeLessThan(0.01)
    expect(Object.keys(noteOf(flood, 'geometry.report')?.params ?? {})).toContain('holesOutside')
  })
})
