import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import type { LayerColumns } from './columns.ts'
import { loadGeos, type Geos } from './geos.ts'
import { overlay, overlayPieces, overlayResult, overlayTasks, type OverlayOperation, type OverlayResult } from './overlay.ts'
import { NONE } from './pieces.ts'
import { layerOf, polygonSet, wildSet } from './random-layers.ts'
import { areaOfParts } from './snapped-parts.ts'
import { partsOf, soundLayer } from './sound-layer.ts'

/** Pairs of random layers that are compared with GEOS; `GREENPRINT_PROPERTY_RUNS` asks for more. */
const PAIRS = fc.readConfigureGlobal().numRuns ?? 1000
const OPERATIONS: OverlayOperation[] = ['intersection', 'difference', 'identity', 'union', 'symmetric-difference', 'clip']
/** Areas of stars differ from GEOS by the noise of doubles only. */
const CLOSE_M2 = 1e-6

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const allParts = (layer: LayerColumns, feature: number): number[] => {
  const first = layer.featureOff[feature] ?? 0
  return Array.from({ length: (layer.featureOff[feature + 1] ?? 0) - first }, (_, at) => first + at)
}
const everyPart = (layer: LayerColumns): number[] => [...layer.partOff.keys()].slice(0, -1)
const asKey = ({ sourceA, sourceB }: OverlayResult, at: number) => `${sourceA[at]}/${sourceB[at]}`

/** What GEOS makes of the same two layers, feature by feature: source pair → area in m². */
function byGeos(a: LayerColumns, b: LayerColumns, operation: OverlayOperation): Map<string, number> {
  const found = new Map<string, number>()
  const note = (key: string, parts: Float64Array[][] | null) => {
    const areaM2 = areaOfParts(parts ?? []) / 1e6
    if (areaM2 > 0) found.set(key, areaM2)
  }
  const hasPairs = operation === 'intersection' || operation === 'identity' || operation === 'union'
  for (let i = 0; i < a.count; i += 1) {
    const own = allParts(a, i)
    if (hasPairs) for (let j = 0; j < b.count; j += 1) note(`${i}/${j}`, geos.clip('intersection', a, own, b, allParts(b, j)))
    if (operation === 'clip') note(`${i}/${NONE}`, geos.clip('intersection', a, own, b, everyPart(b)))
    else if (operation !== 'intersection') note(`${i}/${NONE}`, geos.clip('difference', a, own, b, everyPart(b)))
  }
  if (operation !== 'union' && operation !== 'symmetric-difference') return found
  for (let j = 0; j < b.count; j += 1) note(`${NONE}/${j}`, geos.clip('difference', b, allParts(b, j), a, everyPart(a)))
  return found
}

function expectSame(result: OverlayResult, truth: Map<string, number>): void {
  const ours = new Map(Array.from(result.areaM2, (areaM2, at) => [asKey(result, at), areaM2]))
  for (const key of new Set([...ours.keys(), ...truth.keys()])) {
    // what vanishes on the millimetre grid is no feature, but it is told
    const area = ours.get(key) ?? Math.min(truth.get(key) ?? 0, result.report.conservation.dustM2)
    expect(Math.abs(area - (truth.get(key) ?? 0)), key).toBeLessThan(CLOSE_M2)
  }
}

/** Where features of a layer do not cross by hairs the clip kernel needs no help. */
const fallbacks = ({ report }: OverlayResult) =>
  report.notes.filter(({ reason }) => reason === 'not-valid' || reason === 'area-differs')

function expectValid({ layer }: OverlayResult): void {
  for (let feature = 0; feature < layer.count; feature += 1) expect(geos.invalidReason(partsOf(layer, feature))).toBeNull()
}

describe('overlay of random layers', () => {
  it(`agrees with GEOS on every piece of ${PAIRS} pairs of layers, conserves area and is valid`, () => {
    fc.assert(
      fc.property(polygonSet, polygonSet, fc.constantFrom(...OPERATIONS), (first, second, operation) => {
        const [a, b] = [layerOf(first), layerOf(second)]
        const result = overlay(geos, a, b, operation)
        expectSame(result, byGeos(soundLayer(geos, a).layer, soundLayer(geos, b).layer, operation))
        expect(result.report.conservation.holds).toBe(true)
        expect(fallbacks(result)).toEqual([])
        expectValid(result)
      }),
      { numRuns: Math.ceil(0.7 * PAIRS) },
    )
  }, 600_000)

  it('takes rings that cross themselves, turn back or repeat vertices: mended first, then the same promises', () => {
    fc.assert(
      fc.property(wildSet, fc.oneof(wildSet, polygonSet), fc.constantFrom(...OPERATIONS), (first, second, operation) => {
        const [a, b] = [layerOf(first), layerOf(second)]
        const result = overlay(geos, a, b, operation)
        expectSame(result, byGeos(soundLayer(geos, a).layer, soundLayer(geos, b).layer, operation))
        expect(result.report.conservation.holds).toBe(true)
        expectValid(result)
      }),
      { numRuns: Math.ceil(0.3 * PAIRS) },
    )
  }, 600_000)

  it('is symmetric: A ∩ B has the pieces of B ∩ A', () => {
    fc.assert(
      fc.property(polygonSet, polygonSet, (first, second) => {
        const [a, b] = [layerOf(first), layerOf(second)]
        const there = overlay(geos, a, b, 'intersection')
        const back = overlay(geos, b, a, 'intersection')
        const turned = new Map(Array.from(back.areaM2, (areaM2, at) => [`${back.sourceB[at]}/${back.sourceA[at]}`, areaM2]))
        expect(turned.size).toBe(there.areaM2.length)
        there.areaM2.forEach((areaM2, at) => {
          expect(Math.abs(areaM2 - (turned.get(asKey(there, at)) ?? NaN))).toBeLessThan(CLOSE_M2)
        })
      }),
      { numRuns: 100 },
    )
  })

  it('is idempotent: a layer within itself is itself, and nothing is left outside', () => {
    fc.assert(
      fc.property(polygonSet, (polygons) => {
        const a = layerOf(polygons)
        const once = overlay(geos, a, a, 'clip')
        const sound = soundLayer(geos, a).layer
        once.areaM2.forEach((areaM2, at) => {
          expect(areaM2).toBeCloseTo(areaOfParts(partsOf(sound, once.sourceA[at] ?? NONE)) / 1e6, 6)
        })
        expect(overlay(geos, a, a, 'difference').layer.count).toBe(0)
        expect(overlay(geos, a, a, 'symmetric-difference').layer.count).toBe(0)
      }),
      { numRuns: 60 },
    )
  })

  it('does not care where in the frame it happens: a shift by whole millimetres shifts the result and nothing else', () => {
    const shift = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })
    fc.assert(
      fc.property(polygonSet, polygonSet, shift, shift, (first, second, dx, dy) => {
        const [a, b] = [layerOf(first), layerOf(second)]
        const here = overlay(geos, a, b, 'union')
        const there = overlay(geos, shifted(a, dx, dy), shifted(b, dx, dy), 'union')
        expect([...there.sourceA]).toEqual([...here.sourceA])
        expect([...there.layer.ringOff]).toEqual([...here.layer.ringOff])
        expect([...there.layer.xy]).toEqual(Array.from(here.layer.xy, (value, at) => value + (at % 2 === 0 ? dx : dy)))
      }),
      { numRuns: 100 },
    )
  })

  it('gives the same bytes however the work is split', () => {
    fc.assert(
      fc.property(polygonSet, polygonSet, fc.integer({ min: 1, max: 5 }), (first, second, chunk) => {
        const [a, b] = [layerOf(first), layerOf(second)]
        const done = overlayTasks('union', a.count, b.count, chunk).map((task) => overlayPieces(geos, a, b, task))
        expect(overlayResult(geos, a, b, 'union', done)).toEqual(overlay(geos, a, b, 'union'))
      }),
      { numRuns: 60 },
    )
  })
})

function shifted(layer: LayerColumns, dx: number, dy: number): LayerColumns {
  const move = (value: number, at: number) => value + (at % 2 === 0 ? dx : dy)
  return { ...layer, xy: layer.xy.map(move), partBox: layer.partBox.map(move) }
}
