import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { layerFromSketches } from './build.ts'
import { textAt, type LayerColumns } from './columns.ts'
import { editLayer, partsOf, type LayerEdit } from './edit-layer.ts'
import { editedOf, hasShape, shapeCount } from './edited.ts'
import { freshCopy, layerEdits, parcelLayer } from './edit-samples.ts'
import { featureAreas } from './feature-areas.ts'
import { areasM2 } from './measure.ts'
import { overlapRows } from './overlap-rows.ts'
import { earlierOverlaps, overlapTable } from './overlap-table.ts'
import { featureOfPart, partsMeeting } from './prepared.ts'
import { shapeIds } from './shape-ids.ts'
import { box } from './sketch.ts'
import { zoneAt } from './within.ts'

const applied = (layer: LayerColumns, steps: readonly LayerEdit[][]) =>
  steps.reduce((edited, edits) => editLayer(edited, edits), layer)

/** The geometry of every feature, part by part, as plain numbers. */
const shapesOf = (layer: LayerColumns) =>
  Array.from({ length: layer.count }, (_, feature) => partsOf(layer, feature).map((part) => part.map((ring) => [...ring])))

describe('an edited layer', () => {
  it('says what was changed and keeps everything else', () => {
    const layer = layerFromSketches('landuse_plan', [
      { polygon: [box(0, 0, 10, 10)], attributes: { class: '0701', far: 1 } },
      { polygon: [box(10, 0, 10, 10), box(12, 2, 2, 2)], attributes: { class: '01', far: null } },
    ])
    const edited = applied(layer, [
      [
        { kind: 'geometry', feature: 0, parts: [[[0, 0, 5, 0, 5, 5, 0, 5]], [[6, 6, 9, 6, 9, 9]]] },
        { kind: 'attributes', feature: 1, attributes: { class: '1401', storeys: 3 } },
      ],
      [{ kind: 'add', parts: [[[50, 50, 60, 50, 60, 60, 50, 60]]], attributes: { class: '0701' } }],
      [{ kind: 'delete', feature: 1 }],
    ])
    expect([...areasM2(edited)]).toEqual([29.5, 0, 100])
    expect([...edited.fid]).toEqual([1, 2, 3])
    expect([0, 1, 2].map((feature) => textAt(edited, 'class', feature))).toEqual(['0701', undefined, '0701'])
    expect([0, 1, 2].map((feature) => hasShape(edited, feature))).toEqual([true, false, true])
    expect(shapeCount(edited)).toBe(2)
    expect([...areasM2(layer)]).toEqual([100, 96])
    expect(textAt(layer, 'class', 1)).toBe('01')
    expect(new Set([layer.sha256, edited.sha256, editLayer(layer, []).sha256]).size).toBe(3)
    expect(() => editLayer(layer, [{ kind: 'delete', feature: 2 }])).toThrow(RangeError)
    expect(() => editLayer(layer, [{ kind: 'geometry', feature: 0, parts: [[[0, 0, 3e6, 0, 0, 1]]] }])).toThrow(RangeError)
  })

  it('shares geometry, areas and tables with its root when only attributes change', () => {
    const layer = layerFromSketches('landuse_plan', [{ polygon: [box(0, 0, 10, 10)] }])
    const edited = editLayer(layer, [{ kind: 'attributes', feature: 0, attributes: { class: '07' } }])
    expect(edited.xy).toBe(layer.xy)
    expect(featureAreas(edited)).toBe(featureAreas(layer))
    expect(overlapTable(edited, edited)).toBe(overlapTable(layer, layer))
  })

  it('derives from its root exactly what a layer without a past gives', () => {
    fc.assert(
      fc.property(
        parcelLayer,
        fc.array(layerEdits, { maxLength: 4 }),
        parcelLayer,
        fc.array(layerEdits, { maxLength: 3 }),
        (one, onOne, other, onOther) => {
          const [a, b] = [
            applied(
              one,
              onOne.map((make) => make(one.count)),
            ),
            applied(
              other,
              onOther.map((make) => make(other.count)),
            ),
          ]
          const [freshA, freshB] = [freshCopy(a), freshCopy(b)]
          expect(editedOf(freshA)).toBeUndefined()
          expect(overlapTable(a, b)).toEqual(overlapRows(freshA, freshB, 0, a.count))
          expect(overlapTable(a, a)).toEqual(overlapRows(freshA, freshA, 0, a.count))
          expect(overlapTable(a, freshB)).toEqual(overlapRows(freshA, freshB, 0, a.count))
          expect(overlapTable(freshA, b)).toEqual(overlapRows(freshA, freshB, 0, a.count))
          expect(earlierOverlaps(a)).toEqual(overlapRows(freshA, freshA, 0, a.count, (partner, feature) => partner < feature))
          expect(featureAreas(a)).toEqual(areasM2(freshA))
          expect(featureOfPart(a)).toEqual(featureOfPart(freshA))
          for (const [x, y] of [
            [0, 0],
            [20_000, 20_000],
            [35_000, 5000],
          ] as const) {
            const near = (layer: LayerColumns) => partsMeeting(layer, x, y, x + 9000, y + 9000).sort((p, q) => p - q)
            expect(near(a)).toEqual(near(freshA))
            expect(zoneAt(a, x, y)).toBe(zoneAt(freshA, x, y))
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('derives the same from the state before the last edit, also where one state is edited twice', () => {
    fc.assert(
      fc.property(
        parcelLayer,
        fc.array(fc.tuple(layerEdits, fc.boolean()), { minLength: 2, maxLength: 5 }),
        parcelLayer,
        fc.array(layerEdits, { minLength: 5, maxLength: 5 }),
        (one, onOne, other, onOther) => {
          let [a, b] = [one, other]
          for (const [at, [make, isKept]] of onOne.entries()) {
            const next = editLayer(a, make(one.count))
            const nextB = at % 2 === 0 ? b : editLayer(b, onOther[at]?.(other.count) ?? [])
            const [freshA, freshB] = [freshCopy(next), freshCopy(nextB)]
            expect(overlapTable(next, nextB)).toEqual(overlapRows(freshA, freshB, 0, next.count))
            expect(overlapTable(next, next)).toEqual(overlapRows(freshA, freshA, 0, next.count))
            expect(earlierOverlaps(next)).toEqual(
              overlapRows(freshA, freshA, 0, next.count, (partner, feature) => partner < feature),
            )
            expect(featureAreas(next)).toEqual(areasM2(freshA))
            const byId = Map.groupBy(shapesOf(next).entries(), ([feature]) => shapeIds(next)[feature])
            for (const [[, first] = [0, []], ...others] of byId.values())
              for (const [, shape] of others) expect(shape).toEqual(first)
            if (isKept) [a, b] = [next, nextB]
          }
        },
      ),
      { numRuns: 300 },
    )
  })

  it('has the geometry that its edits say, whatever came before', () => {
    fc.assert(
      fc.property(parcelLayer, fc.array(layerEdits, { maxLength: 6 }), (layer, steps) => {
        const expected = shapesOf(layer)
        let edited = layer
        for (const make of steps) {
          const edits = make(layer.count)
          edited = editLayer(edited, edits)
          for (const edit of edits) {
            if (edit.kind === 'attributes') continue
            const feature = edit.kind === 'add' ? expected.length : edit.feature
            const alone = editLayer(layerFromSketches('landuse_plan', []), [
              { kind: 'add', parts: edit.kind === 'delete' ? [] : edit.parts, attributes: {} },
            ])
            expected[feature] = shapesOf(alone)[0] ?? []
          }
        }
        expect(shapesOf(edited)).toEqual(expected)
      }),
    )
  })
})
