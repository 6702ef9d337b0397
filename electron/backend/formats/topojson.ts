import path from 'node:path'
import { feature } from 'topojson-client'
import type { GeometryObject, Topology } from 'topojson-specification'
import { recogniseFromGeoJson } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Format, OpenedSource, OpenOptions, SourceLayer } from './format.ts'
import { GeoJsonFeatures } from './geojson-features.ts'
import { isRecord } from './geojson-geometry.ts'
import { decodeJson, parseJson } from './json-text.ts'
import { readBytes, shownName } from './read-file.ts'
import { SpooledLayer } from './spooled-layer.ts'

/** Features share their arcs, so the whole topology must be in memory. */
const LIMIT_MB = 200
/** Points after arcs are put together; a small file may name one long arc a million times. */
const MAX_POINTS = 50_000_000
const MAX_NESTING = 16

const shapeError = (file: string, row: number | null, zh: string, en: string): AppError =>
  new AppError('import.geojson-shape', { file, row, problem: bilingual(zh, en) })

const isPair = (value: unknown): boolean =>
  Array.isArray(value) && value.length >= 2 && value.every((item) => typeof item === 'number')

function checkedTopology(root: unknown, file: string): { topology: Topology; objects: [string, Record<string, unknown>][] } {
  if (!isRecord(root) || root.type !== 'Topology' || !isRecord(root.objects) || !Array.isArray(root.arcs))
    throw shapeError(file, null, '不是有效的 TopoJSON', 'it is not a TopoJSON topology')
  const { transform } = root
  if (transform !== undefined && !(isRecord(transform) && isPair(transform.scale) && isPair(transform.translate)))
    throw shapeError(file, null, 'transform 无效', 'its transform is not valid')
  if (!root.arcs.every((arc) => Array.isArray(arc) && arc.length > 0 && arc.every(isPair)))
    throw shapeError(file, null, 'arcs 中有无效的弧段', 'an arc is not a list of positions')
  const objects = Object.entries(root.objects).filter((entry): entry is [string, Record<string, unknown>] => isRecord(entry[1]))
  return { topology: root as unknown as Topology, objects }
}

/** Checks what a geometry refers to before it is put together, and counts the points that it will have. */
class Checker {
  readonly #file: string
  readonly #arcs: Topology['arcs']
  #points = 0

  constructor(file: string, topology: Topology) {
    this.#file = file
    this.#arcs = topology.arcs
  }

  #arcList(value: unknown, levels: number, row: number): void {
    if (!Array.isArray(value)) throw shapeError(this.#file, row, 'arcs 应为数组', 'arcs must be an array')
    for (const item of value) {
      if (levels > 0) {
        this.#arcList(item, levels - 1, row)
        continue
      }
      const arc = typeof item === 'number' && Number.isInteger(item) ? this.#arcs[item < 0 ? ~item : item] : undefined
      if (!arc) throw shapeError(this.#file, row, '引用了不存在的弧段', 'it refers to an arc that is not there')
      this.#points += arc.length
    }
    if (levels === 0 && value.length === 0) throw shapeError(this.#file, row, '线或环没有弧段', 'a line or ring has no arcs')
    if (this.#points > MAX_POINTS) {
      const what = bilingual('点数', 'points')
      throw new AppError('import.limit', { file: this.#file, layer: null, what, limit: MAX_POINTS })
    }
  }

  check(value: unknown, row: number, depth = 0): void {
    if (depth > MAX_NESTING) throw shapeError(this.#file, row, '几何集合嵌套过深', 'geometry collections are nested too deeply')
    const type = isRecord(value) ? value.type : undefined
    if (!isRecord(value) || (typeof type !== 'string' && type !== null)) throw this.#unknown(row)
    switch (type) {
      case 'GeometryCollection':
        if (!Array.isArray(value.geometries)) throw this.#unknown(row)
        for (const member of value.geometries) this.check(member, row, depth + 1)
        return
      case 'Point':
        if (!isPair(value.coordinates)) throw this.#unknown(row)
        return
      case 'MultiPoint':
        if (!Array.isArray(value.coordinates) || !value.coordinates.every(isPair)) throw this.#unknown(row)
        return
      case 'LineString':
        return this.#arcList(value.arcs, 0, row)
      case 'MultiLineString':
      case 'Polygon':
        return this.#arcList(value.arcs, 1, row)
      case 'MultiPolygon':
        return this.#arcList(value.arcs, 2, row)
      case null:
        return
      default:
        throw this.#unknown(row)
    }
  }

  #unknown(row: number): AppError {
    return shapeError(this.#file, row, '几何类型或坐标无效', 'its geometry type or coordinates are not valid')
  }
}

/** A top-level collection is the list of its members; anything else is one feature. */
const membersOf = (object: Record<string, unknown>): readonly unknown[] =>
  object.type === 'GeometryCollection' && Array.isArray(object.geometries) ? object.geometries : [object]

function openTopoJson(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const { text, encoding } = decodeJson(readBytes(file, shown, LIMIT_MB), shown, options.encoding)
  const { topology, objects } = checkedTopology(parseJson(text, shown), shown)
  const checker = new Checker(shown, topology)
  const spools: SpooledLayer[] = []
  const close = (): void => spools.forEach((layer) => layer.close())
  try {
    const layers = objects.flatMap(([name, object]): SourceLayer[] => {
      const layer = new SpooledLayer({ file: shown, layer: name, stagingDir: options.stagingDir })
      spools.push(layer)
      const features = new GeoJsonFeatures(shown, layer)
      for (const [index, member] of membersOf(object).entries()) {
        checker.check(member, index + 1)
        const found = feature(topology, member as GeometryObject)
        const isEmpty = isRecord(member) && member.type === null
        features.add(isEmpty ? { ...found, geometry: null } : onlyFeature(found), index + 1)
        if (index % 10_000 === 0) options.report(index, membersOf(object).length)
      }
      features.finish()
      return layer.toLayers({ crs: recogniseFromGeoJson((topology as { crs?: unknown }).crs, layer.extent), encoding })
    })
    if (layers.length === 0) throw new AppError('import.no-layers', { file: shown })
    return { layers, close }
  } catch (error) {
    close()
    throw error
  }
}

/** A nested collection comes out as several features; here it is one, of a collection. */
const onlyFeature = (found: ReturnType<typeof feature>): unknown =>
  found.type === 'FeatureCollection'
    ? {
        type: 'Feature',
        properties: null,
        geometry: { type: 'GeometryCollection', geometries: found.features.map(({ geometry }) => geometry) },
      }
    : found

/** TopoJSON, quantised or not: each object is a layer. */
export const topojson: Format = {
  id: 'topojson',
  label: bilingual('TopoJSON', 'TopoJSON'),
  extensions: ['.topojson', '.json'],
  recognises(file, head) {
    const extension = path.extname(file).toLowerCase()
    if (extension === '.topojson') return true
    return (
      (extension === '.json' || extension === '.geojson') && /"type"\s*:\s*"Topology"/.test(Buffer.from(head).toString('latin1'))
    )
  },
  open: openTopoJson,
}
