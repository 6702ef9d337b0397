import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ROLES } from '../model/roles.ts'
import { manifestSchema } from '../model/manifest.ts'
import { canopyAsc } from './canopy.ts'
import { generateCity, type SampleCity } from './city.ts'
import { ringAreaM2, type SampleLayer } from './layer.ts'
import { bend } from './lattice.ts'

const city = generateCity({ parcels: 1000, seed: 1 }, (code) => `类${code}`)
const layer = (role: string, of: SampleCity = city): SampleLayer => {
  const found = of.layers.find((candidate) => candidate.role === role)
  if (!found) throw new Error(`no ${role}`)
  return found
}

/** Edges that are walked once: in an exact tiling these are the outer boundary only. */
function unpairedEdges(tiles: SampleLayer): Map<string, number> {
  const open = new Map<string, number>()
  for (const feature of tiles.features) {
    const ring = feature.parts[0]?.[0] ?? new Float64Array()
    for (let i = 0; i + 3 < ring.length; i += 2) {
      const [a, b] = [`${ring[i]},${ring[i + 1]}`, `${ring[i + 2]},${ring[i + 3]}`]
      if (open.has(`${b}|${a}`)) open.delete(`${b}|${a}`)
      else open.set(`${a}|${b}`, (open.get(`${a}|${b}`) ?? 0) + 1)
    }
  }
  return open
}

describe('sample city', () => {
  it.each(['landuse_base', 'landuse_plan'])('%s tiles without a gap or an overlap', (role) => {
    const open = unpairedEdges(layer(role))
    expect([...open.values()].every((times) => times === 1)).toBe(true)
    const sides = unpairedEdges({ ...layer('admin'), features: [...layer('admin').features].slice(0, 1) })
    expect(open.size).toBe(sides.size)
  })

  it('base and plan cover the same ground', () => {
    const total = (role: string) =>
      [...layer(role).features].reduce((sum, feature) => sum + ringAreaM2(feature.parts[0]?.[0] ?? new Float64Array()), 0)
    expect(total('landuse_plan')).toBeCloseTo(total('landuse_base'), 3)
  })

  it('is the same city every time, and another with another seed', () => {
    const text = (seed: number) =>
      JSON.stringify(
        generateCity({ parcels: 1000, seed }, (code) => code).layers.map((l) =>
          [...l.features].map((f) => [f.values, ...f.parts.flat().map((r) => [...r])]),
        ),
      )
    expect(text(7)).toBe(text(7))
    expect(text(7)).not.toBe(text(8))
  })

  it('meets the wanted number of parcels within a quarter, for any seed', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1000, max: 9000 }), fc.integer({ min: 0, max: 10_000 }), (parcels, seed) => {
        const made = layer(
          'landuse_plan',
          generateCity({ parcels, seed }, (code) => code),
        ).features.length
        expect(made).toBeGreaterThanOrEqual(parcels)
        expect(made).toBeLessThan(parcels * 1.25)
      }),
      { numRuns: 8 },
    )
  })

  it('plants its three defects for any seed', () => {
    for (const seed of [1, 2, 3, 99]) {
      for (const defect of generateCity({ parcels: 2000, seed }, (code) => code).planted)
        expect(defect.features.length, `${defect.id} with seed ${seed}`).toBeGreaterThan(0)
    }
  })

  it('hands in a valid manifest whose fields exist and mean what the role says', () => {
    const manifest = manifestSchema.parse(city.manifest)
    expect(manifest.layers).toHaveLength(city.layers.length + 1)
    expect(manifest.layers.at(-1)).toEqual({ role: 'canopy', path: 'canopy.asc', crs: 'EPSG:4547' })
    for (const { role, mapping, fields, features } of city.layers) {
      for (const [ours, theirs] of Object.entries(mapping)) {
        expect(Object.keys(ROLES[role].fields), `${role}.${ours}`).toContain(ours)
        expect(fields.map((f) => f.name)).toContain(theirs)
      }
      for (const feature of features) expect(feature.values).toHaveLength(fields.length)
    }
  })

  it('has a street network in one piece', () => {
    const parent = new Map<string, string>()
    const find = (node: string): string => {
      let at = node
      while ((parent.get(at) ?? at) !== at) at = parent.get(at) ?? at
      return at
    }
    for (const { parts } of layer('road_network').features) {
      const run = parts[0]?.[0] ?? new Float64Array()
      const ends = [`${run[0]},${run[1]}`, `${run[run.length - 2]},${run[run.length - 1]}`] as const
      for (const end of ends) if (!parent.has(end)) parent.set(end, end)
      parent.set(find(ends[0]), find(ends[1]))
    }
    expect(new Set([...parent.keys()].map(find)).size).toBe(1)
  })

  it('writes its canopy as an ASCII grid of shares', () => {
    const lines = canopyAsc(city.canopy).split('\n')
    expect(lines[0]).toBe(`ncols ${city.canopy.columns}`)
    expect(lines).toHaveLength(6 + city.canopy.rows + 1)
    const covered = city.canopy.values.filter((share) => !Number.isNaN(share))
    expect(covered.length * city.canopy.cellM ** 2).toBeGreaterThan(5e7)
    expect(Math.max(...covered)).toBeLessThanOrEqual(1)
  })
})

describe('bend', () => {
  it('keeps the order of grid lines: neighbours never cross', () => {
    for (let v = -1; v <= 1; v += 0.05) {
      for (let u = -1; u < 0.99; u += 0.01) expect(bend(u + 0.01, v)[0]).toBeGreaterThan(bend(u, v)[0])
    }
  })
})
