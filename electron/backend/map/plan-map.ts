import {
  TOPOLOGY_LAYER,
  type FeatureGeometry,
  type IdentifiedFeature,
  type MapLayer,
  type MapSetup,
  type MapLabel,
  type RasterTile,
  type SeenLayer,
  type TileData,
} from '#core/contract/map-data.ts'
import type { FeatureSet } from '#core/attributes/feature-set.ts'
import { AppError } from '#core/errors.ts'
import { numberAt, textAt, type LayerColumns } from '#core/geo/columns.ts'
import { featureAreaM2, lengthsM } from '#core/geo/measure.ts'
import type { Input } from '#core/contract/procedures.ts'
import { labelStyleOf } from '#core/map/label-styles.ts'
import { labelWishes, placeLabels } from '#core/map/labels.ts'
import { classIndexes, legendFor } from '#core/map/legend.ts'
import { scaleOf } from '#core/map/look.ts'
import { seenByClass } from '#core/map/seen.ts'
import { roleStyleOf } from '#core/map/styles.ts'
import { landClass } from '#core/reference/land-classes.ts'
import { roleInfo } from '#core/model/roles.ts'
import { isRaster, isVector, type Layer, type Plan, type RasterLayer } from '#core/model/plan.ts'
import { buildTile } from '#core/tiles/build-tile.ts'
import { HIDDEN_CLASS } from '#core/tiles/cells.ts'
import { featuresAt } from '#core/tiles/features-at.ts'
import { TILE_PX, tileGrid, type TileGrid } from '#core/tiles/grid.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { AmongFeatures, boxOf } from './among-features.ts'
import { FeatureFilters } from './feature-filters.ts'
import { RasterMap } from './raster-map.ts'
import { TileStore } from './tile-store.ts'
import { openTopology, type TopologyMap } from './topology-map.ts'

interface Opened {
  layer: Layer
  columns: LayerColumns
  classOf: Uint16Array
}

const MOST_PER_LAYER = 20
/** Fewer features than these are in a tile within milliseconds. */
const SLOW_TO_BUILD = 20_000
/** The whole plan on a small window, then on a large one. */
const FIRST_TILES = [
  [0, 0, 0],
  [1, 0, 0],
  [1, 1, 0],
  [1, 0, 1],
  [1, 1, 1],
] as const
/** More names than these no screen can hold. */
const MOST_LABELS = 300

/** What a tile leaves out. */
interface Limits {
  where?: string
  only?: FeatureSet
}

type LabelsAsked = Omit<Input<'map.labels'>, 'planId'>
type SeenAsked = Omit<Input<'map.seen'>, 'planId'>
type Box = readonly [number, number, number, number]

const inMm = ([minX, minY, maxX, maxY]: Box): Box => [minX * 1000, minY * 1000, maxX * 1000, maxY * 1000]

/** One plan as the map asks for it: tiles, what lies at a place, shapes to light up. Layers are read when first needed. */
export class PlanMap {
  readonly #plan: Plan
  readonly #layers: readonly Layer[]
  readonly #files: LayerFiles
  readonly #grid: TileGrid
  readonly #opened = new Map<string, Opened>()
  readonly #rasters = new Map<string, RasterMap>()
  readonly #filters: FeatureFilters
  readonly #among = new AmongFeatures()
  readonly #tiles = new TileStore()
  #topology: TopologyMap | null | undefined

  constructor(plan: Plan, layers: readonly Layer[], files: LayerFiles) {
    this.#plan = plan
    this.#layers = layers
    this.#files = files
    this.#filters = new FeatureFilters(plan, files)
    this.#grid = tileGrid(plan.extent)
  }

  setup(): MapSetup {
    const layers = this.#layers.map((layer): MapLayer => {
      const style = roleStyleOf(layer.role)
      return {
        id: layer.id,
        role: layer.role,
        name: layer.name,
        title: roleInfo(layer.role).title,
        kind: layer.kind,
        features: layer.features,
        legend: isRaster(layer) ? this.#raster(layer).legend : legendFor(this.#open(layer).columns),
        order: style.order,
        visible: style.visible,
      }
    })
    const faults = this.#faults()
    if (faults) layers.push(faults.layer)
    return {
      frame: this.#plan.frame,
      extent: this.#plan.extent,
      origin: [this.#grid.leftM, this.#grid.topM],
      resolutions: this.#grid.resolutions,
      tileSizePx: TILE_PX,
      layers: layers.sort((a, b) => a.order - b.order),
    }
  }

  /** `where` and `only` leave out what does not meet a filter, and what is not among some features. */
  tile(layerId: string, z: number, x: number, y: number, limits: Limits = {}): TileData {
    const isWhole = limits.where === undefined && limits.only === undefined
    if (isWhole) return this.#tiles.get(`${layerId} ${z}/${x}/${y}`, () => this.#build(layerId, z, x, y, {}))
    return this.#build(layerId, z, x, y, limits)
  }

  /** The tiles that a map of the whole plan begins with, each built when it is asked for: of layers so large that building them takes time. */
  firstTiles(): (() => void)[] {
    const large = this.#layers.filter(
      (layer) => isVector(layer) && layer.features > SLOW_TO_BUILD && roleStyleOf(layer.role).visible,
    )
    return large.flatMap(({ id }) =>
      FIRST_TILES.map(
        ([z, x, y]) =>
          () =>
            void this.tile(id, z, x, y),
      ),
    )
  }

  #build(layerId: string, z: number, x: number, y: number, { where, only }: Limits): TileData {
    const { columns, classOf } = where === undefined ? this.#drawn(layerId) : this.#shown(this.#byId(layerId), where)
    return buildTile(
      columns,
      only === undefined ? classOf : this.#among.classesAmong(columns, classOf, only),
      this.#grid,
      z,
      x,
      y,
    )
  }

  /** The box around some features; null where none of them is there. */
  extentOf(layerId: string, features: FeatureSet): [number, number, number, number] | null {
    return boxOf(this.#drawn(layerId).columns, features)
  }

  /** Names of some layers that have room in a view. */
  labels({ view, metresPerPx, layerIds, filters, lang }: LabelsAsked): MapLabel[] {
    const window = inMm(view)
    const wishes = this.#layers
      .filter(({ id }) => layerIds.includes(id))
      .flatMap((layer) => {
        const style = isVector(layer) ? labelStyleOf(layer.role) : undefined
        if (style === undefined || scaleOf(metresPerPx) > style.from) return []
        const { columns, classOf } = this.#shown(this.#open(layer), filters[layer.id])
        return labelWishes(columns, layer.id, style, window, metresPerPx, lang, classOf)
      })
    return placeLabels(wishes, metresPerPx, MOST_LABELS)
  }

  /** How many features of each class of some layers reach into a view. */
  seen({ view, layerIds, filters }: SeenAsked): SeenLayer[] {
    const ofPlan = this.#layers
      .filter(({ id }) => layerIds.includes(id))
      .map((layer): SeenLayer => {
        if (isRaster(layer)) return { layerId: layer.id, features: this.#raster(layer).seen(view) }
        const opened = this.#open(layer)
        const { columns, classOf } = this.#shown(opened, filters[layer.id])
        return { layerId: layer.id, features: seenByClass(columns, classOf, inMm(view), legendFor(columns).length) }
      })
    const faults = layerIds.includes(TOPOLOGY_LAYER) ? this.#faults() : null
    if (!faults) return ofPlan
    const { columns, classOf, layer } = faults
    return [...ofPlan, { layerId: layer.id, features: seenByClass(columns, classOf, inMm(view), layer.legend.length) }]
  }

  /** What is drawn of an opened layer under a filter. */
  #shown(opened: Opened, where: string | undefined): Opened {
    const { layer, columns, classOf } = opened
    if (where === undefined || !isVector(layer)) return opened
    return { ...opened, classOf: this.#filters.classesWhere(layer, columns, classOf, where) }
  }

  rasterTile(layerId: string, z: number, x: number, y: number): RasterTile {
    const layer = this.#layers.find((candidate) => candidate.id === layerId)
    if (layer === undefined || !isRaster(layer)) throw new AppError('catalogue.not-found', { what: layerId })
    return this.#raster(layer).tile(this.#grid, z, x, y)
  }

  /** What lies at a place: points and lines first, then areas from the smallest up, so that a parcel comes before its city. */
  identify(xM: number, yM: number, toleranceM: number, filters: Readonly<Record<string, string>> = {}): IdentifiedFeature[] {
    const topFirst = this.#layers.filter(isVector).sort((a, b) => roleStyleOf(b.role).order - roleStyleOf(a.role).order)
    const found = topFirst.flatMap((layer) => {
      const { columns, classOf } = this.#shown(this.#open(layer), filters[layer.id])
      return featuresAt(columns, Math.round(xM * 1000), Math.round(yM * 1000), toleranceM * 1000)
        .filter((feature) => classOf[feature] !== HIDDEN_CLASS)
        .slice(0, MOST_PER_LAYER)
        .map((feature) => describeFeature(layer, columns, feature))
    })
    const cells = this.#layers.filter(isRaster).flatMap((layer) => this.#raster(layer).identify(xM, yM))
    return [...found, ...cells].sort((a, b) => (a.areaM2 ?? 0) - (b.areaM2 ?? 0))
  }

  features(layerId: string, fids: readonly number[]): FeatureGeometry {
    const raster = this.#layers.filter(isRaster).find(({ id }) => id === layerId)
    if (raster) return this.#raster(raster).features(fids)
    const { columns } = this.#drawn(layerId)
    const wanted = new Set(fids)
    const out = { xyM: [] as number[], ringOff: [0], featureOff: [0], fid: [] as number[] }
    for (let feature = 0; feature < columns.count; feature++) {
      const fid = columns.fid[feature] ?? 0
      if (!wanted.has(fid)) continue
      const firstRing = columns.partOff[columns.featureOff[feature] ?? 0] ?? 0
      const endRing = columns.partOff[columns.featureOff[feature + 1] ?? 0] ?? 0
      for (let ring = firstRing; ring < endRing; ring++) {
        for (let at = 2 * (columns.ringOff[ring] ?? 0); at < 2 * (columns.ringOff[ring + 1] ?? 0); at++)
          out.xyM.push((columns.xy[at] ?? 0) / 1000)
        out.ringOff.push(out.xyM.length / 2)
      }
      out.featureOff.push(out.ringOff.length - 1)
      out.fid.push(fid)
    }
    return {
      kind: columns.kind,
      xyM: Float64Array.from(out.xyM),
      ringOff: Uint32Array.from(out.ringOff),
      featureOff: Uint32Array.from(out.featureOff),
      fid: Float64Array.from(out.fid),
    }
  }

  close(): void {
    this.#filters.close()
  }

  /** Read once; null where the import found no fault. */
  #faults(): TopologyMap | null {
    if (this.#topology === undefined) this.#topology = openTopology(this.#plan, this.#files)
    return this.#topology
  }

  #drawn(layerId: string): Pick<Opened, 'columns' | 'classOf'> {
    const faults = layerId === TOPOLOGY_LAYER ? this.#faults() : null
    return faults ?? this.#byId(layerId)
  }

  #byId(layerId: string): Opened {
    const layer = this.#layers.find((candidate) => candidate.id === layerId)
    if (layer === undefined) throw new AppError('catalogue.not-found', { what: layerId })
    return this.#open(layer)
  }

  #raster(layer: RasterLayer): RasterMap {
    const known = this.#rasters.get(layer.id) ?? new RasterMap(this.#plan, layer, this.#files)
    this.#rasters.set(layer.id, known)
    return known
  }

  #open(layer: Layer): Opened {
    const known = this.#opened.get(layer.id)
    if (known) return known
    const columns = loadLayerColumns(this.#files, layer, this.#plan)
    const opened = { layer, columns, classOf: classIndexes(columns) }
    this.#opened.set(layer.id, opened)
    return opened
  }
}

function describeFeature(layer: Layer, columns: LayerColumns, feature: number): IdentifiedFeature {
  const attributes = Object.entries(roleInfo(layer.role).fields).flatMap(([name, field]) => {
    const value = textAt(columns, name, feature) ?? numberAt(columns, name, feature)
    if (value === undefined) return []
    return [{ name, label: field.title, value: field.type === 'boolean' ? (value === 1 ? '✓' : '✗') : String(value) }]
  })
  const code = textAt(columns, 'class', feature)
  const known = code === undefined ? undefined : landClass(code)
  const length = columns.kind === 'line' ? lengthOfOne(columns, feature) : null
  return {
    layerId: layer.id,
    role: layer.role,
    fid: columns.fid[feature] ?? 0,
    title: textAt(columns, 'name', feature) ?? (known ? `${known.code} ${known.zh}` : layer.name),
    attributes,
    areaM2: columns.kind === 'polygon' ? featureAreaM2(columns, feature) : null,
    lengthM: length,
  }
}

const lengthCache = new WeakMap<LayerColumns, Float64Array>()

function lengthOfOne(columns: LayerColumns, feature: number): number {
  const lengths = lengthCache.get(columns) ?? lengthsM(columns)
  lengthCache.set(columns, lengths)
  return lengths[feature] ?? 0
}
