import { layerBuilder, type FieldTypes } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import { totalAreaM2 } from '../geo/measure.ts'
import { shapeCount } from '../geo/edited.ts'
import type { DistanceMethod } from '../model/measurement.ts'
import { reachedStreets, type StreetPiece } from '../network/reached-streets.ts'
import { BASIC_SERVICES } from '../reference/services.ts'
import { WALKING } from '../reference/walking.ts'
import type { Bilingual } from '../text.ts'
import { countedLayers, sharesWithin, totalOf } from './counted.ts'
import type { PlanData } from './indicator.ts'
import { parksOf, parksOfSize } from './large-parks.ts'
import { metresPerMinute } from './park-walk.ts'
import { placeSpread, type PlaceSpread } from './place-spread.ts'
import { servicePlaces } from './service-places.ts'
import { shareWithinWalk } from './walk-shares.ts'
import { SMALLEST_PARK, WALK_SPEED } from './walk-speed.ts'
import { walkRoads, type WalkRoads } from './walk-roads.ts'

/** What people walk to: parks, rail stations, or facilities that offer a basic service (its id in `services.json`). */
export type ServiceTarget = 'park' | 'rail_station' | (string & {})

export interface ServiceAreaOptions {
  /** Steps of the walk; 5, 10 and 15 unless told. */
  minutes?: readonly number[]
  speedKmh?: number
  /** Parks unless told. */
  of?: ServiceTarget
  /** Smaller parks are not walked to. */
  minimumParkM2?: number
}

/** One step: everything within so many minutes, shorter walks included. */
export interface ServiceStep {
  minutes: number
  walkM: number
  groundM2: number
  /** Length of the streets reached; undefined without a network. */
  streetM: number | undefined
  /** People who live within; undefined where the plan has no people. */
  persons: number | undefined
  personsShare: number | undefined
}

/** Service areas as features, with what they hold. */
export interface ServiceAreas {
  title: Bilingual
  distance: DistanceMethod
  steps: ServiceStep[]
  /** One polygon feature per step (fid and attribute `minutes`), each holding those before it. */
  ground: LayerColumns
  /** One line feature per step: streets that this walk reaches and no shorter one. Undefined without a network. */
  streets: LayerColumns | undefined
}

export const SERVICE_MINUTES = [5, 10, 15] as const

/** All that can be asked of `serviceAreas`, with titles. */
export const SERVICE_TARGETS: readonly { id: ServiceTarget; title: Bilingual }[] = [
  { id: 'park', title: { zh: '公园', en: 'Parks' } },
  { id: 'rail_station', title: { zh: '轨道站点', en: 'Rail stations' } },
  ...BASIC_SERVICES.map(({ id, zh, en }) => ({ id, title: { zh, en } })),
]

/**
 * Ground and streets within a walk of parks, stations or services, in steps of minutes: along the roads of the plan where people can
 * walk on any (streets with a strip beside them, and the parks themselves), otherwise circles of walk ÷ detour factor, and
 * `distance` says which. Undefined where the plan has none of what is asked for. Areas grow with time.
 */
export function serviceAreas(plan: PlanData, options: ServiceAreaOptions = {}): ServiceAreas | undefined {
  const { of = 'park', speedKmh = WALK_SPEED.default } = options
  const minutes = [...new Set(options.minutes ?? SERVICE_MINUTES)]
    .filter((each) => each > 0)
    .toSorted((one, other) => one - other)
  const places = targetsOf(plan, of, options.minimumParkM2 ?? SMALLEST_PARK.default)
  const title = SERVICE_TARGETS.find(({ id }) => id === of)?.title
  const [longest] = minutes.toReversed()
  if (places.length === 0 || !title || longest === undefined) return undefined
  const walks = minutes.map((each) => metresPerMinute(speedKmh) * each)
  const roads = walkRoads(plan)
  const spread = roads && placeSpread(plan, places, roads, metresPerMinute(speedKmh) * longest)
  const along = roads && spread ? alongRoads(plan, places, roads, spread, walks) : undefined
  const grounds = along?.grounds ?? walks.map((walkM) => plan.geos.bufferUnion(places, walkM / WALKING.detourFactor.value))
  const people = countedLayers(plan, 'population')
  const all = totalOf(people)
  const steps = minutes.map((each, at): ServiceStep => {
    const walkM = walks[at] ?? 0
    const ground = grounds[at]
    const shares = (layer: LayerColumns) =>
      spread
        ? shareWithinWalk(layer, { from: spread, walkM })
        : ground
          ? sharesWithin(layer, ground)
          : new Float64Array(layer.count)
    const persons = people.reduce((sum, { layer, amounts }) => {
      const inside = shares(layer)
      return amounts.reduce((part, amount, feature) => part + amount * (inside[feature] ?? 0), sum)
    }, 0)
    return {
      minutes: each,
      walkM,
      groundM2: ground ? totalAreaM2(ground) : 0,
      streetM: along?.streetM[at],
      persons: all > 0 ? persons : undefined,
      personsShare: all > 0 ? persons / all : undefined,
    }
  })
  return {
    title,
    distance: spread ? 'network' : 'detour',
    steps,
    ground: featuresOfSteps(grounds, steps, 'polygon'),
    streets: along && featuresOfSteps(along.streets, steps, 'line'),
  }
}

/** The layers of what is walked to; none where the plan has nothing of it. */
function targetsOf(plan: PlanData, of: ServiceTarget, minimumParkM2: number): LayerColumns[] {
  if (of === 'park') {
    const parks = parksOf(plan)
    return parks ? withShapes([parksOfSize(plan, parks, minimumParkM2)]) : []
  }
  if (of === 'rail_station') return withShapes(plan.layers('rail_station'))
  const facilities = plan.layer('facility')
  const service = BASIC_SERVICES.findIndex(({ id }) => id === of)
  const layer = facilities && servicePlaces(facilities).layers[service]
  return layer ? withShapes([layer]) : []
}

const withShapes = (layers: readonly LayerColumns[]): LayerColumns[] => layers.filter((layer) => shapeCount(layer) > 0)

interface AlongRoads {
  streets: LayerColumns[]
  grounds: LayerColumns[]
  /** Streets reached by each step and those before it, m. */
  streetM: number[]
}

function alongRoads(
  plan: PlanData,
  places: readonly LayerColumns[],
  roads: WalkRoads,
  { near, onLink }: PlaceSpread,
  walks: readonly number[],
): AlongRoads {
  const pieces = reachedStreets(roads.network, near, onLink, walks)
  const streets = pieces.map((list) => linesOf(list, roads.layer))
  const sums = pieces.map((list) => list.reduce((sum, { lengthM }) => sum + lengthM, 0))
  const own = places.filter(({ kind }) => kind === 'polygon')
  const strips = streets.map((layer) => plan.geos.bufferUnion(layer, WALKING.streetReachM.value, 4))
  return {
    streets,
    grounds: strips.map((_, step) => plan.geos.union([...own, ...strips.slice(0, step + 1)])),
    streetM: sums.map((_, step) => sums.slice(0, step + 1).reduce((sum, each) => sum + each, 0)),
  }
}

function linesOf(pieces: readonly StreetPiece[], { frame }: LayerColumns): LayerColumns {
  const builder = layerBuilder({ role: 'other', name: 'streets', kind: 'line', frame }, {}, 0.001)
  for (const [at, { run }] of pieces.entries()) builder.add(at + 1, [[run]], {})
  return builder.finish('')
}

const FIELDS: FieldTypes = { minutes: 'number', walkM: 'number', persons: 'number', personsShare: 'number' }

/** All ground or streets of a step as one feature. */
function featuresOfSteps(layers: readonly LayerColumns[], steps: readonly ServiceStep[], kind: 'polygon' | 'line'): LayerColumns {
  const frame = layers[0]?.frame
  if (!frame) throw new Error('service areas without a step')
  const builder = layerBuilder({ role: 'other', name: 'service areas', kind, frame }, FIELDS, 0.001)
  for (const [at, { minutes, walkM, persons, personsShare }] of steps.entries()) {
    const layer = layers[at]
    if (layer) builder.add(minutes, allParts(layer), { minutes, walkM, persons, personsShare })
  }
  return builder.finish('')
}

function allParts({ xy, ringOff, partOff, featureOff, count }: LayerColumns): Int32Array[][] {
  return Array.from({ length: featureOff[count] ?? 0 }, (_, part) => {
    const rings: Int32Array[] = []
    for (let ring = partOff[part] ?? 0; ring < (partOff[part + 1] ?? 0); ring += 1) {
      rings.push(xy.subarray(2 * (ringOff[ring] ?? 0), 2 * (ringOff[ring + 1] ?? 0)))
    }
    return rings
  })
}
