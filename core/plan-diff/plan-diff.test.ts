import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { FeatureSketch } from '../geo/sketch.ts'
import type { LayerId, PlanId } from '../model/ids.ts'
import type { Role } from '../model/roles.ts'
import type { Version } from './change.ts'
import { compareAndFollow, compareLayer } from './compare-layer.ts'
import { comparePlans, type ComparedPlan } from './compare-plans.ts'
import { CHANGE_KINDS, type ChangeKind, type LayerComparison } from './result.ts'
import { shapeKeys } from './shape-key.ts'

type Attributes = NonNullable<FeatureSketch['attributes']>
interface Cell {
  x: number
  y: number
  width: number
  height: number
  attributes: Attributes
}

const box = (x: number, y: number, width: number, height = width): [number, number][] => [
  [x, y],
  [x + width, y],
  [x + width, y + height],
  [x, y + height],
  [x, y],
]
const sketch = ({ x, y, width, height, attributes }: Cell): FeatureSketch => ({ polygon: [box(x, y, width, height)], attributes })
const cell = (x: number, y: number, parcel: string, code = '0701', far = 2): Cell => ({
  x,
  y,
  width: 100,
  height: 100,
  attributes: { parcel, class: code, far },
})

const version = (sketches: readonly FeatureSketch[], role: Role = 'landuse_plan', id = 'l'): Version => {
  const layer = layerFromSketches(role, sketches)
  return { layer, refOf: (feature) => ({ layerId: id as LayerId, fid: layer.fid[feature] ?? 0 }) }
}
const compared = (before: readonly FeatureSketch[], after: readonly FeatureSketch[], role: Role = 'landuse_plan') =>
  compareLayer(version(before, role), version(after, role), 1000)
const counts = ({ totals }: LayerComparison): Partial<Record<ChangeKind, number>> =>
  Object.fromEntries(CHANGE_KINDS.flatMap((kind) => (totals[kind].count > 0 ? [[kind, totals[kind].count]] : [])))
const only = (comparison: LayerComparison) => {
  expect(comparison.changes).toHaveLength(1)
  return comparison.changes[0]
}

const row = ['A', 'B', 'C', 'D', 'E', 'F'].map((parcel, i) => cell(i * 100, 0, parcel))
const withChange = (index: number, ...instead: Cell[]): FeatureSketch[] => row.toSpliced(index, 1, ...instead).map(sketch)
const before = row.map(sketch)

describe('kinds of change', () => {
  it('a class that changed is re-coded, with the flow from one class to the other', () => {
    const result = compared(before, withChange(2, cell(200, 0, 'C', '1401')))
    expect(only(result)).toMatchObject({
      kind: 'recoded',
      label: 'C',
      classBefore: '0701',
      classAfter: '1401',
      overlap: 1,
      matchedBy: 'id',
    })
    expect(result.flows).toEqual([{ from: '0701', to: '1401', count: 1, size: 10_000 }])
  })
  it('another attribute is an edit, and says what it was', () => {
    expect(only(compared(before, withChange(2, cell(200, 0, 'C', '0701', 3.5))))).toMatchObject({
      kind: 'attributes',
      fields: [{ field: 'far', before: 2, after: 3.5 }],
    })
  })
  it('an outline that changed says how much ground stayed', () => {
    const change = only(compared(before, withChange(5, { ...cell(500, 0, 'F'), width: 150 })))
    expect(change).toMatchObject({ kind: 'reshaped', sizeBefore: 10_000, sizeAfter: 15_000 })
    expect(change?.overlap).toBeCloseTo(2 / 3, 9)
  })
  it('a parcel that went elsewhere is moved, by its number', () => {
    expect(only(compared(before, withChange(5, cell(900, 900, 'F'))))).toMatchObject({
      kind: 'moved',
      overlap: 0,
      matchedBy: 'id',
    })
  })
  it('a parcel cut in two: one half keeps the number, the other is added and tells where it came from', () => {
    const result = compared(before, withChange(2, { ...cell(200, 0, 'C'), width: 60 }, { ...cell(260, 0, 'C-2'), width: 40 }))
    expect(counts(result)).toEqual({ reshaped: 1, added: 1, unchanged: 5 })
    expect(result.changes.find(({ kind }) => kind === 'added')?.origin).toEqual({ label: 'C', share: 1 })
  })
  it('added and removed features stand alone', () => {
    const result = compared(before, [...withChange(0), sketch(cell(0, 500, 'N'))])
    expect(counts(result)).toEqual({ added: 1, removed: 1, unchanged: 5 })
    expect(result.totals.added).toMatchObject({ sizeBefore: 0, sizeAfter: 10_000 })
    expect(result.totals.removed).toMatchObject({ sizeBefore: 10_000, sizeAfter: 0 })
  })
})

describe('what is the same', () => {
  it('rings that start elsewhere, lines drawn backwards, an extra vertex on an edge, a millimetre of rounding', () => {
    const [a, b, c, d, e] = box(0, 0, 100)
    if (!a || !b || !c || !d || !e) throw new Error('a box has five corners')
    const same: FeatureSketch[] = [
      { polygon: [[c, d, a, b, c]] },
      { polygon: [[a, [50, 0], b, c, d, e]] },
      { polygon: [[a, b, [100.001, 100.001], d, e]] },
    ]
    for (const one of same) expect(counts(compared([{ polygon: [[a, b, c, d, e]] }], [one]))).toEqual({ unchanged: 1 })
    const line: [number, number][] = [
      [0, 0],
      [10, 0],
      [20, 5],
    ]
    expect(counts(compared([{ line }], [{ line: line.toReversed() }], 'greenway'))).toEqual({ unchanged: 1 })
  })
  it('a plan that was numbered anew is matched by its ground, and says so', () => {
    const renumbered = row.map((one, i) =>
      sketch({ ...one, attributes: { ...one.attributes, parcel: row.at(i - 1)?.attributes['parcel'] ?? '' } }),
    )
    const result = compared(before, renumbered)
    expect(counts(result)).toEqual({ attributes: 6 })
    expect(result.id).toEqual({ field: 'parcel', stable: false })
    expect(result.notes.map(({ code }) => code)).toEqual(['compare.renumbered'])
  })
  it('without any number the ground decides', () => {
    const bare = (sketches: readonly FeatureSketch[]) => sketches.map(({ polygon }) => ({ ...(polygon && { polygon }) }))
    const result = compared(bare(before), bare(withChange(1, { ...cell(100, 0, ''), width: 70 })))
    expect(counts(result)).toEqual({ reshaped: 1, unchanged: 5 })
    expect(result.changes[0]).toMatchObject({ matchedBy: 'geometry', label: null })
  })
  it('an attribute that only one version has is named and not taken for an edit', () => {
    const bare = row.map((one) => sketch({ ...one, attributes: { parcel: one.attributes['parcel'] ?? '', class: '0701' } }))
    const result = compared(bare, before)
    expect(counts(result)).toEqual({ unchanged: 6 })
    expect(result.notes.map(({ code }) => code)).toEqual(['compare.field-in-one'])
  })
})

describe('lines and points', () => {
  const street = (name: string, ...line: [number, number][]): FeatureSketch => ({ line, attributes: { name } })
  it('a street that was led on shares the old one’s segments', () => {
    const change = only(
      compared(
        [street('a', [0, 0], [100, 0]), street('b', [0, 50], [100, 50])],
        [street('a', [0, 0], [100, 0], [150, 0]), street('b', [0, 50], [100, 50])],
        'road_network',
      ),
    )
    expect(change).toMatchObject({ kind: 'reshaped', label: 'a' })
    expect(change?.overlap).toBeCloseTo(2 / 3, 6)
  })
  it('points are counted, and move by name', () => {
    const at = (x: number, name: string): FeatureSketch => ({ point: [x, 0], attributes: { name } })
    const result = compared([at(0, 'a'), at(10, 'b'), at(20, 'c')], [at(0, 'a'), at(10, 'b'), at(25, 'c')], 'centre')
    expect(result.unit).toBe('count')
    expect(only(result)).toMatchObject({ kind: 'moved', label: 'c' })
  })
})

/** A tiling of `side × side` parcels and one random edit for some of them, with what the comparison must say. */
const EDITS = ['keep', 'recode', 'attribute', 'remove', 'split', 'reshape'] as const
type Edit = (typeof EDITS)[number]
function edited(
  side: number,
  edits: readonly Edit[],
): { older: Cell[]; newer: Cell[]; expected: Partial<Record<ChangeKind, number>> } {
  const older = Array.from({ length: side * side }, (_, i) => cell((i % side) * 100, Math.floor(i / side) * 100, `P${i}`))
  const expected: Partial<Record<ChangeKind, number>> = {}
  const count = (kind: ChangeKind) => (expected[kind] = (expected[kind] ?? 0) + 1)
  const newer = older.flatMap((one, i): Cell[] => {
    const { attributes } = one
    switch (edits[i] ?? 'keep') {
      case 'keep':
        count('unchanged')
        return [one]
      case 'recode':
        count('recoded')
        return [{ ...one, attributes: { ...attributes, class: '0901' } }]
      case 'attribute':
        count('attributes')
        return [{ ...one, attributes: { ...attributes, far: 4 } }]
      case 'remove':
        count('removed')
        return []
      case 'reshape':
        count('reshaped')
        return [{ ...one, width: 80 }]
      case 'split':
        count('reshaped')
        count('added')
        return [
          { ...one, width: 55 },
          { ...one, x: one.x + 55, width: 45, attributes: { ...attributes, parcel: `N${i}` } },
        ]
    }
  })
  return { older, newer, expected }
}

describe('any plan', () => {
  const anyEdits = fc.integer({ min: 2, max: 7 }).chain((side) =>
    fc.record({
      side: fc.constant(side),
      edits: fc.array(fc.constantFrom(...EDITS), { minLength: side * side, maxLength: side * side }),
      seed: fc.integer(),
    }),
  )

  it('against itself is unchanged, whatever the order of its features', () => {
    fc.assert(
      fc.property(anyEdits, fc.boolean(), ({ side, edits }, turned) => {
        const { newer } = edited(side, edits)
        fc.pre(newer.length > 0)
        const sketches = newer.map(sketch)
        const result = compared(sketches, turned ? sketches.toReversed() : sketches)
        expect(counts(result)).toEqual({ unchanged: newer.length })
        expect(result.changes).toEqual([])
      }),
    )
  })

  it('gives back exactly the edits that were made, in any order, and its sums close', () => {
    fc.assert(
      fc.property(anyEdits, ({ side, edits, seed }) => {
        const { older, newer, expected } = edited(side, edits)
        fc.pre(newer.length > 0)
        const shuffled = newer.toSorted(
          (a, b) => Math.imul(a.x + 7 * a.y + seed, 0x9e3779b9) - Math.imul(b.x + 7 * b.y + seed, 0x9e3779b9),
        )
        const result = compared(older.map(sketch), shuffled.map(sketch))
        expect(counts(result)).toEqual(expected)
        const sizes = Object.values(result.totals)
        expect(sizes.reduce((sum, { sizeBefore }) => sum + sizeBefore, 0)).toBeCloseTo(older.length * 10_000, 6)
        expect(sizes.reduce((sum, { sizeAfter }) => sum + sizeAfter, 0)).toBeCloseTo(
          newer.reduce((sum, { width }) => sum + width * 100, 0),
          6,
        )
      }),
    )
  })

  it('gives back the edits without numbers too, as far as the ground can tell', () => {
    fc.assert(
      fc.property(anyEdits, ({ side, edits }) => {
        const { older, newer, expected } = edited(side, edits)
        fc.pre(newer.length > 0)
        const bare = (cells: readonly Cell[]) =>
          cells.map((one) => sketch({ ...one, attributes: { ...one.attributes, parcel: null } }))
        expect(counts(compared(bare(older), bare(newer)))).toEqual(expected)
      }),
    )
  })
})

describe('shape keys', () => {
  it('tell apart what differs by a millimetre', () => {
    const keys = shapeKeys(
      layerFromSketches('green', [
        { polygon: [box(0, 0, 10)] },
        { polygon: [box(0, 0, 10.001)] },
        { polygon: [box(0.001, 0, 10)] },
      ]),
    )
    expect(new Set(keys).size).toBe(3)
  })
})

describe('plans', () => {
  const plan = (id: string, more: Partial<ComparedPlan> = {}): ComparedPlan => ({
    id: id as PlanId,
    name: id,
    nameZh: null,
    cityName: '青岚市',
    crs: 'EPSG:4547',
    importedAt: '2026-01-01T00:00:00Z',
    ...more,
  })
  const stored = (id: string, columns: LayerColumns) => ({ id: id as LayerId, columns })
  const park = layerFromSketches('green', [{ polygon: [box(0, 0, 10)] }])

  it('pair layers by role; a role of one version only is all added or all removed', () => {
    const landuse = layerFromSketches('landuse_plan', before)
    const { layers, notes } = comparePlans(
      { plan: plan('a'), layers: [stored('a1', landuse)] },
      { plan: plan('b', { crs: 'EPSG:4548', cityName: '临江市' }), layers: [stored('b1', landuse), stored('b2', park)] },
      10,
    )
    expect(layers.map((layer) => [layer.role, counts(layer)])).toEqual([
      ['landuse_plan', { unchanged: 6 }],
      ['green', { added: 1 }],
    ])
    expect(notes.map(({ code }) => code)).toEqual(['compare.cities-differ', 'compare.crs-differ'])
  })

  it('name each feature by the stored layer that it is of, and list only so many', () => {
    const second = layerFromSketches('green', [{ polygon: [box(50, 0, 10)] }, { polygon: [box(80, 0, 20)] }])
    const { layers } = comparePlans(
      { plan: plan('a'), layers: [] },
      { plan: plan('b'), layers: [stored('b1', park), stored('b2', second)] },
      2,
    )
    expect(layers[0]?.changes.map(({ after }) => after)).toEqual([
      { layerId: 'b2', fid: 2 },
      { layerId: 'b1', fid: 1 },
    ])
    expect(layers[0]?.totals.added).toMatchObject({ count: 3, listed: 2 })
  })
})

describe('features that are followed', () => {
  const follow = (after: readonly FeatureSketch[], fids: readonly number[]) => {
    const [older, newer] = [version(before), version(after, 'landuse_plan', 'n')]
    const refs = fids.map((fid) => ({ layerId: 'l' as LayerId, fid }))
    return compareAndFollow(older, newer, 0, refs).followed
  }
  const fidOf = (index: number) => version(before).layer.fid[index] ?? -1

  it('are told of though nothing is listed: unchanged, moved, cut in two, gone', () => {
    expect(follow(before, [fidOf(2)])).toMatchObject([{ kind: 'unchanged', overlap: 1, movedM: 0, onItsGround: [] }])
    const moved = follow(withChange(2, cell(2000, 0, 'C')), [fidOf(2)])
    expect(moved).toMatchObject([{ kind: 'moved', overlap: 0, movedM: 1800 }])
    const cut = follow(withChange(2, { ...cell(200, 0, 'C1'), width: 40 }, { ...cell(240, 0, 'C2'), width: 60 }), [fidOf(2)])
    expect(cut[0]?.onItsGround.map(({ share }) => share)).toEqual([expect.closeTo(0.6, 9), expect.closeTo(0.4, 9)])
    expect(follow(row.toSpliced(2, 1).map(sketch), [fidOf(2)])).toEqual([
      expect.objectContaining({ kind: 'removed', after: null, overlap: null, movedM: null, onItsGround: [] }),
    ])
    expect(follow(before, [9999])).toEqual([])
  })
})
