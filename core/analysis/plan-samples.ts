import fc from 'fast-check'
import { layerFromSketches } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { hasShape } from '../geo/edited.ts'
import { planarFrame } from '../geo/frame.ts'
import { box, type FeatureSketch } from '../geo/sketch.ts'
import { kindsOf, type PlanFacts } from '../indicators/measure-plan.ts'
import { ROLE_IDS, ROLES, type GeometryKind, type Role } from '../model/roles.ts'
import type { PlanEdit } from './plan-session.ts'

/* Random plans and random edits of them, for property tests: every role with every attribute it knows, on a ground of 2 × 2 km. */

const CLASSES = [
  '0101',
  '0201',
  '0301',
  '0401',
  '0601',
  '0701',
  '0702',
  '0804',
  '0901',
  '1001',
  '1207',
  '1301',
  '1401',
  '1402',
  '1701',
  '16',
  '23',
]
const LEVELS = ['municipal', 'central_city', 'district', 'cluster', 'unit']
const FRAME = planarFrame(0, 0)

const place = fc.nat(19).map((step) => 100 * step)
const side = fc.integer({ min: 1, max: 6 }).map((step) => 100 * step)
const rectangle = fc.tuple(place, place, side, side)

/** A value that an attribute may have; absent now and then. */
function value(role: Role, name: string): fc.Arbitrary<string | number | null> {
  const field = (ROLES[role].fields as Record<string, { type: string }>)[name]
  const some: fc.Arbitrary<string | number> =
    name === 'class' || /class/i.test(name)
      ? fc.constantFrom(...CLASSES)
      : name === 'level'
        ? fc.constantFrom(...LEVELS)
        : name === 'code' || name === 'parent' || name === 'unit'
          ? fc.constantFrom('A', 'B', 'C')
          : field?.type === 'text'
            ? fc.constantFrom('existing', 'planned', '现状', '甲', '乙', '2019')
            : field?.type === 'boolean'
              ? fc.constantFrom(0, 1)
              : fc.constantFrom(0, 1, 2.5, 30, 2024)
  return fc.option(some, { freq: 6 })
}

const attributesOf = (role: Role): fc.Arbitrary<Record<string, string | number | null>> =>
  fc.record(Object.fromEntries(Object.keys(ROLES[role].fields).map((name) => [name, value(role, name)])))

const shape = (kind: GeometryKind): fc.Arbitrary<FeatureSketch> =>
  rectangle.map(([x, y, width, height]) =>
    kind === 'polygon'
      ? { polygon: [box(x, y, width, height)] }
      : kind === 'line'
        ? {
            line: [
              [x, y],
              [x + width, y],
              [x + width, y + height],
            ],
          }
        : { point: [x, y] },
  )

function layerOf(role: Role): fc.Arbitrary<LayerColumns> {
  const kinds = ROLES[role].kinds.filter((kind) => kind !== 'raster')
  return fc.constantFrom(...(kinds.length > 0 ? kinds : (['polygon'] as const))).chain((kind) => {
    const feature = fc.tuple(shape(kind), attributesOf(role)).map(([sketch, attributes]) => ({ ...sketch, attributes }))
    const most = role.startsWith('landuse') ? 14 : 5
    return fc.array(feature, { minLength: 1, maxLength: most }).map((list) => layerFromSketches(role, list, FRAME))
  })
}

const facts: fc.Arbitrary<PlanFacts> = fc.record({
  cityName: fc.constant('青岚'),
  cityKind: fc.constant('large' as const),
  population: fc.option(fc.constantFrom(1000, 50_000)),
  populationYear: fc.constant(2020),
  baseYear: fc.constant(2020),
  targetYear: fc.option(fc.constant(2035)),
  frame: fc.constant(FRAME),
  manifest: fc.record({
    quotas: fc.constantFrom<Record<string, number>[]>(
      {},
      { developmentIntensityCap: 0.3, pastNetArtificialisationHaPerYear: 2, farmlandHa: 20, pbfHa: 10 },
    ),
  }),
})

export interface SamplePlan {
  plan: PlanFacts
  layers: LayerColumns[]
}

/** A plan that has planned land use, nearly always the base state, and some of the other given roles. */
export function samplePlan(roles: readonly Role[]): fc.Arbitrary<SamplePlan> {
  const others = roles.filter((role) => role !== 'landuse_plan' && ROLES[role].kinds.some((kind) => kind !== 'raster'))
  return fc
    .subarray(others, { minLength: Math.min(3, others.length) })
    .chain((chosen) => fc.tuple(facts, fc.tuple(layerOf('landuse_plan'), ...chosen.map(layerOf))))
    .map(([plan, layers]) => ({ plan, layers }))
}

/** One random edit of whatever the layers are when it is made. */
export type AnyEdit = (layers: readonly LayerColumns[]) => PlanEdit[]

const seeds = fc.record({
  layer: fc.nat(1000),
  feature: fc.nat(1000),
  attribute: fc.nat(1000),
  change: fc.constantFrom('geometry', 'geometry', 'attributes', 'attributes', 'add', 'delete', 'split', 'new'),
  rectangle,
  code: fc.constantFrom(...CLASSES),
  number: fc.constantFrom(0, 1, 7),
})

/** Moves, splits, new attributes, additions (also to roles without a layer) and deletions; parcels of the plan are edited most. */
export const anyEdit: fc.Arbitrary<AnyEdit> = seeds.map((seed) => (layers) => {
  if (seed.change === 'new') return firstOfRole(seed, layers)
  const layer = layers[seed.layer % 2 === 0 ? 0 : (seed.layer >> 1) % layers.length]
  if (!layer) return []
  const { role, kind } = layer
  const present = [...layer.fid.keys()].filter((feature) => hasShape(layer, feature))
  const fid = layer.fid[present[seed.feature % Math.max(1, present.length)] ?? -1]
  const parts = [[ringOf(kind, seed.rectangle)]]
  const names = Object.keys(ROLES[role].fields)
  const name = names.includes('class') && seed.attribute % 3 > 0 ? 'class' : (names[seed.attribute % names.length] ?? 'name')
  const isText = (ROLES[role].fields as Record<string, { type: string }>)[name]?.type === 'text'
  const value = name === 'level' ? LEVELS[seed.attribute % LEVELS.length] : isText ? seed.code : seed.number
  const attributes = { [name]: value }
  if (seed.change === 'add' || fid === undefined) return [{ role, kind, change: 'add', parts, attributes }]
  if (seed.change === 'delete') return [{ role, kind, change: 'delete', fid }]
  if (seed.change === 'geometry') return [{ role, kind, change: 'geometry', fid, parts }]
  if (seed.change === 'attributes') return [{ role, kind, change: 'attributes', fid, attributes }]
  const [x, y, width, height] = seed.rectangle
  return [
    { role, kind, change: 'geometry', fid, parts: [[ringOf(kind, [x, y, width / 2, height])]] },
    { role, kind, change: 'add', parts: [[ringOf(kind, [x + width / 2, y, width / 2, height])]], attributes },
  ]
})

/** Something is drawn for a role that the plan does not have. */
function firstOfRole(
  seed: { layer: number; rectangle: readonly [number, number, number, number] },
  layers: readonly LayerColumns[],
): PlanEdit[] {
  const absent = ROLE_IDS.filter((role) => kindsOf(role).length > 0 && !layers.some((layer) => layer.role === role))
  const role = absent[seed.layer % Math.max(1, absent.length)]
  const kind = role && kindsOf(role)[0]
  return role && kind ? [{ role, kind, change: 'add', parts: [[ringOf(kind, seed.rectangle)]], attributes: {} }] : []
}

function ringOf(kind: GeometryKind, [x, y, width, height]: readonly [number, number, number, number]): number[] {
  if (kind === 'point') return [x, y]
  return kind === 'line' ? [x, y, x + width, y, x + width, y + height] : box(x, y, width, height).flat()
}
