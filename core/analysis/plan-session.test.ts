import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { freshCopy } from '../geo/edit-samples.ts'
import { layerBuilder, layerFromSketches } from '../geo/build.ts'
import { numberAt, textAt, type LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import { hasShape } from '../geo/edited.ts'
import { loadGeos, type Geos } from '../geo/geos.ts'
import { box } from '../geo/sketch.ts'
import { examplePlan } from '../indicators/example-plan.ts'
import { INDICATORS } from '../indicators/index.ts'
import { measurePlan, planData } from '../indicators/measure-plan.ts'
import { parametersInUse } from '../indicators/parameters.ts'
import { anyEdit, samplePlan } from './plan-samples.ts'
import { planSession, type PlanEdit } from './plan-session.ts'
import { watchedPlan } from './watched-plan.ts'

let geos: Geos
beforeAll(async () => {
  geos = await loadGeos()
})

const ROLES_READ = [...new Set(INDICATORS.flatMap(({ needs, uses }) => [...needs, ...uses]))]

const anyStep = fc.oneof({ arbitrary: anyEdit, weight: 4 }, { arbitrary: fc.constant('undo' as const), weight: 1 })

describe('a session', () => {
  it('measures after any edits exactly what a full run on the edited layers measures', () => {
    fc.assert(
      fc.property(samplePlan(ROLES_READ), fc.array(anyStep, { minLength: 1, maxLength: 6 }), ({ plan, layers }, steps) => {
        const session = planSession({ plan, layers, geos, parameters: {} })
        for (const make of steps) {
          if (make === 'undo') session.undo()
          else session.apply(make(session.layers()), { leaveSlow: true })
        }
        // One by one is the same as all at once, which the next test does.
        for (const id of session.current().map((one) => one.id)) session.settle(id)
        expect(session.settle()).toMatchObject({ measured: [], waiting: [] })
        const fresh = planData(plan, session.layers().map(freshCopy), geos)
        for (const [at, whole] of measurePlan(fresh, {}, () => {}).entries()) {
          expect([whole.id, session.current()[at]]).toEqual([whole.id, whole])
        }
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  it('counts nothing that was deleted: the outcome is that of layers that never had it', () => {
    fc.assert(
      fc.property(samplePlan(ROLES_READ), fc.array(anyEdit, { minLength: 1, maxLength: 5 }), ({ plan, layers }, edits) => {
        const session = planSession({ plan, layers, geos, parameters: {} })
        for (const make of edits) session.apply(make(session.layers()))
        const compact = measurePlan(planData(plan, session.layers().map(withoutDeleted), geos), {}, () => {})
        for (const [at, { id, outcome, details }] of compact.entries()) {
          const now = session.current()[at]
          expect([id, rounded(now?.outcome)]).toEqual([id, rounded(outcome)])
          expect([id, rounded(now?.details)]).toEqual([id, rounded(details)])
        }
      }),
      { numRuns: 25 },
    )
  }, 120_000)

  it('leaves slow indicators for later when asked, and says which', () => {
    const layers = [
      layerFromSketches('landuse_base', [{ polygon: [box(0, 0, 300, 300)], attributes: { class: '03' } }]),
      layerFromSketches('landuse_plan', [{ polygon: [box(0, 0, 300, 300)], attributes: { class: '03' } }]),
    ]
    const session = planSession({ plan: facts.plan, layers, geos, parameters: {} })
    const measurementOf = (id: string) => session.current().find((one) => one.id === id)
    const before = measurementOf('N03')
    const industry: PlanEdit = { role: 'landuse_plan', change: 'attributes', fid: 1, attributes: { class: '1001' } }
    const { measured, waiting } = session.apply([industry], { leaveSlow: true })
    expect(measured).toContain('C03')
    expect(measured).not.toContain('N03')
    expect(waiting).toContain('N03')
    expect(measurementOf('N03')).toBe(before)
    expect(session.settle()).toMatchObject({ measured: expect.arrayContaining(['N03']) as string[], waiting: [] })
    expect(measurementOf('N03')).not.toEqual(before)
    expect(session.undo()?.waiting).toEqual([])
    expect(measurementOf('N03')).toBe(before)
  })

  it('takes edits back, and measures only what depends on them', () => {
    const layers = [
      layerFromSketches('landuse_plan', [
        { polygon: [box(0, 0, 100, 100)], attributes: { class: '0701' } },
        { polygon: [box(100, 0, 100, 100)], attributes: { class: '1401' } },
      ]),
      layerFromSketches('pbf', [{ polygon: [box(50, 0, 20, 100)] }]),
      layerFromSketches('eco_redline', [{ polygon: [box(500, 0, 20, 100)] }]),
      layerFromSketches('greenway', [
        {
          line: [
            [0, 0],
            [1000, 0],
          ],
        },
      ]),
    ]
    const { plan } = facts
    const session = planSession({ plan, layers, geos, parameters: {} })
    const valueOf = (id: string) => session.current().find((one) => one.id === id)?.outcome
    const before = session.current()
    expect(valueOf('B01')).toMatchObject({ value: 2000 })
    const edit: PlanEdit = { role: 'pbf', change: 'geometry', fid: 1, parts: [[box(90, 0, 5, 100).flat()]] }
    const { measured, measurements } = session.apply([edit])
    expect(valueOf('B01')).toMatchObject({ value: 500 })
    expect(measured).toContain('B01')
    expect(measured).not.toContain('N06')
    const kept = measurements.filter(({ id }) => !measured.includes(id))
    expect(kept.length).toBeGreaterThan(0)
    for (const one of kept) expect(before).toContain(one)
    session.apply([{ role: 'landuse_plan', change: 'delete', fid: 1 }])
    expect(valueOf('B01')).toMatchObject({ value: 0 })
    session.undo()
    expect(valueOf('B01')).toMatchObject({ value: 500 })
    expect(session.undo()?.measurements).toBe(before)
    expect(session.undo()).toBeUndefined()
  })

  it('makes a layer for the first feature of a role, and takes it away again', () => {
    fc.assert(
      fc.property(samplePlan(ROLES_READ), fc.array(anyEdit, { minLength: 1, maxLength: 4 }), ({ plan, layers }, edits) => {
        const session = planSession({ plan, layers, geos, parameters: {} })
        const contents = () => session.layers().map(contentOf)
        const states = edits.map((make) => {
          const before = { contents: contents(), measurements: session.current() }
          session.apply(make(session.layers()), { leaveSlow: true })
          return before
        })
        for (const { contents: layersBefore, measurements } of states.toReversed()) {
          expect(session.undo()?.measurements).toBe(measurements)
          expect(contents()).toEqual(layersBefore)
        }
      }),
      { numRuns: 25 },
    )
    const session = planSession({ plan: facts.plan, layers: facts.layers, geos, parameters: {} })
    const drawn: PlanEdit = { role: 'greenway', change: 'add', parts: [[[0, 0, 10, 10]]], attributes: { name: '甲' } }
    session.apply([drawn, { ...drawn, attributes: {} }])
    expect(session.layers().find(({ role }) => role === 'greenway')).toMatchObject({ kind: 'line', count: 2 })
    session.undo()
    expect(session.layers().map(({ role }) => role)).toEqual(['landuse_plan'])
  }, 120_000)

  it('refuses what cannot be edited, and stays as it was', () => {
    const layers = [layerFromSketches('landuse_plan', [{ polygon: [box(0, 0, 10, 10)], attributes: { class: '07' } }])]
    const session = planSession({ plan: facts.plan, layers, geos, parameters: {} })
    const before = session.current()
    const refusals: [PlanEdit, string][] = [
      [{ role: 'green', change: 'delete', fid: 1 }, 'analysis.no-such-layer'],
      [{ role: 'landuse_plan', kind: 'line', change: 'delete', fid: 1 }, 'analysis.no-such-layer'],
      [{ role: 'landuse_plan', kind: 'line', change: 'add', parts: [[[0, 0, 9, 9]]], attributes: {} }, 'analysis.no-such-layer'],
      [{ role: 'green', change: 'add', parts: [], attributes: {} }, 'analysis.empty-shape'],
      [{ role: 'landuse_plan', change: 'delete', fid: 2 }, 'analysis.no-such-feature'],
      [{ role: 'landuse_plan', change: 'geometry', fid: 1, parts: [[[0, 0, 5, 5, 0, 0]]] }, 'analysis.empty-shape'],
      [{ role: 'landuse_plan', change: 'add', parts: [], attributes: {} }, 'analysis.empty-shape'],
      [{ role: 'landuse_plan', change: 'add', parts: [[[0, 0, 3e6, 0, 0, 1]]], attributes: {} }, 'analysis.beyond-frame'],
    ]
    for (const [edit, code] of refusals) expect(() => session.apply([edit])).toThrow(expect.objectContaining({ code }))
    expect(session.current()).toBe(before)
    expect(session.undo()).toBeUndefined()
  })

  it('changes again what it drew itself, by its number, and takes that back', () => {
    const layers = [layerFromSketches('pbf', [{ polygon: [box(0, 0, 10, 10)] }])]
    const session = planSession({ plan: facts.plan, layers, geos, parameters: {} })
    const square = (x: number) => [[box(x, 0, 10, 10).flat()]]
    session.apply([
      { role: 'pbf', change: 'add', parts: square(50), attributes: { name: '甲' } },
      { role: 'green', change: 'add', parts: square(100), attributes: { name: '乙' } },
      { role: 'pbf', change: 'add', parts: square(150), attributes: { name: '丙' } },
    ])
    const once = session.layers()
    session.apply([
      { drawn: 3, change: 'redraw', parts: square(200) },
      { drawn: 2, change: 'rewrite', attributes: { name: '丁' } },
      { drawn: 1, change: 'erase' },
    ])
    const drawn = (role: string) => session.layers().find((layer) => layer.role === role) as LayerColumns
    expect([0, 1, 2].map((at) => hasShape(drawn('pbf'), at))).toEqual([true, false, true])
    expect(partsOf(drawn('pbf'), 2)[0]?.[0]?.[0]).toBe(200_000)
    expect(textAt(drawn('green'), 'name', 0)).toBe('丁')
    for (const number of [1, 4])
      expect(() => session.apply([{ drawn: number, change: 'erase' }])).toThrow(
        expect.objectContaining({ code: number === 1 ? 'analysis.no-such-feature' : 'analysis.no-such-drawing' }),
      )
    session.undo()
    expect(session.layers().map(({ sha256 }) => sha256)).toEqual(once.map(({ sha256 }) => sha256))
    session.undo()
    expect(() => session.apply([{ drawn: 1, change: 'erase' }])).toThrow(
      expect.objectContaining({ code: 'analysis.no-such-drawing' }),
    )
  })

  it('has no layer of a role any more when the only drawing of it is erased: what needs it is missing, not nought', () => {
    const layers = [layerFromSketches('pbf', [{ polygon: [box(0, 0, 10, 10)] }])]
    const session = planSession({ plan: facts.plan, layers, geos, parameters: {} })
    const [start, roles] = [session.current(), () => session.layers().map(({ role }) => role)]
    const draw = () =>
      session.apply([{ role: 'green', change: 'add', parts: [[box(100, 0, 10, 10).flat()]], attributes: {} }]).measurements
    const drawn = draw()
    expect(drawn).not.toEqual(start)
    expect(session.apply([{ drawn: 1, change: 'erase' }]).measurements).toEqual(start)
    expect(roles()).toEqual(['pbf'])
    expect(draw().map(({ outcome }) => outcome)).toEqual(drawn.map(({ outcome }) => outcome))
    session.apply([{ drawn: 2, change: 'erase' }])
    expect(session.current()).toEqual(start)
    session.undo()
    expect(roles()).toEqual(['pbf', 'green'])
  })

  it('tells features of merged layers apart', () => {
    const layers = [0, 100].map((x) => layerFromSketches('pbf', [{ polygon: [box(x, 0, 10, 10)] }]))
    const session = planSession({ plan: facts.plan, layers, geos, parameters: {} })
    session.apply([{ role: 'pbf', source: 1, change: 'delete', fid: 1 }])
    expect([...(session.layers()[0]?.featureOff ?? [])]).toEqual([0, 1, 1])
    session.apply([{ role: 'pbf', change: 'add', parts: [[box(50, 0, 10, 10).flat()]], attributes: {} }])
    session.apply([{ role: 'pbf', source: 1, change: 'delete', fid: 2 }])
    expect([...(session.layers()[0]?.featureOff ?? [])]).toEqual([0, 1, 1, 1])
  })

  it('starts from measurements that are known', () => {
    const { plan, layers } = facts
    const known = planSession({ plan, layers, geos, parameters: {} }).current()
    expect(planSession({ plan, layers, geos, parameters: {}, measured: known }).current()).toBe(known)
  })
})

it.each(INDICATORS)('$id reads only the roles that it declares', (indicator) => {
  const declared = new Set([...indicator.needs, ...indicator.uses])
  for (const example of [{}, ...indicator.examples]) {
    const watched = watchedPlan(examplePlan(example, geos))
    indicator.compute(watched.plan, parametersInUse(INDICATORS, {}).get(indicator.id) ?? {})
    for (const role of watched.roles) expect(declared).toContain(role)
  }
})

/** What a layer holds, as plain values. */
const contentOf = ({ role, kind, sha256, fid, xy, ringOff, partOff, featureOff, partBox, attributes }: LayerColumns) =>
  structuredClone({ role, kind, sha256, fid, xy, ringOff, partOff, featureOff, partBox, attributes })

/** The layer with only the features that have a geometry, their ids kept. */
function withoutDeleted(layer: LayerColumns): LayerColumns {
  const types = Object.fromEntries(Object.entries(layer.attributes).map(([name, { type }]) => [name, type]))
  const builder = layerBuilder(layer, types, 0.001)
  for (let feature = 0; feature < layer.count; feature += 1) {
    if (!hasShape(layer, feature)) continue
    const values = Object.keys(types).map((name) => [name, textAt(layer, name, feature) ?? numberAt(layer, name, feature)])
    builder.add(layer.fid[feature] ?? 0, partsOf(layer, feature), Object.fromEntries(values) as Record<string, string | number>)
  }
  return builder.finish(layer.sha256)
}

/** Figures to nine digits: sums of the same numbers in the same order, but for what rounding may do. */
const rounded = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, each: unknown) => (typeof each === 'number' ? Number(each.toPrecision(9)) : each)),
  ) as unknown

const facts = {
  plan: {
    cityName: null,
    cityKind: null,
    population: 1000,
    populationYear: null,
    baseYear: 2020,
    targetYear: 2035,
    frame: { kind: 'planar', originX: 0, originY: 0 },
    manifest: {},
  },
  layers: [layerFromSketches('landuse_plan', [{ polygon: [box(0, 0, 10, 10)], attributes: { class: '07' } }])],
} as const
