import Database from 'better-sqlite3'
import { layerBuilder, type AttributeValue } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { toFrame } from '#core/geo/frame.ts'
import { smoothMap, type RunMap } from '#core/geo/smooth-map.ts'
import type { Plan } from '#core/model/plan.ts'
import { crsInfo, makeTransform, type Transform } from '#core/crs/crs.ts'
import { gpbDecoder } from './gpkg-geometry.ts'
import { quoted } from './gpkg-schema.ts'
import type { LayerSource } from './layer-columns.ts'

/** Columns of a plan's table that hold our attributes start with this; the rest are the source's, untouched. */
export const OUR_PREFIX = 'gp_'

/** Plan coordinates → longitude and latitude of the plan's own datum; the identity in a local plane. */
export function toGeographic(crs: string): Transform {
  const info = crsInfo(crs)
  if (!info || info.kind !== 'projected') return (x, y) => [x, y]
  return makeTransform(crs, info.base ?? 'EPSG:4326')
}

/** Side of the squares in which the way from the plan's system to its frame is made smooth: metres, and degrees. */
const SMOOTH_M = 4000
const SMOOTH_DEG = 0.04
const SMOOTH_TOLERANCE_M = 1e-6

/** Plan coordinates → metres of the frame, in place; within a micrometre of the projection itself. */
export function planToFrame({ crs, frame }: Pick<Plan, 'crs' | 'frame'>): RunMap {
  if (frame.kind === 'planar')
    return (xy, vertices) => {
      for (let at = 0; at < 2 * vertices; at += 2) {
        xy[at] = (xy[at] as number) - frame.originX
        xy[at + 1] = (xy[at + 1] as number) - frame.originY
      }
    }
  const toEarth = toGeographic(crs)
  const project = toFrame(frame)
  const metresPerUnit = crsInfo(crs)?.metresPerUnit ?? 0
  const side = metresPerUnit === 0 ? SMOOTH_DEG : SMOOTH_M / metresPerUnit
  return smoothMap((x, y) => project(...toEarth(x, y)), side, SMOOTH_TOLERANCE_M)
}

/** Reads a layer's table of the plan's GeoPackage into columns; opened read-only, nothing in it is executed. */
export function columnsFromGpkg(gpkg: string, layer: LayerSource, plan: Pick<Plan, 'crs' | 'frame'>): LayerColumns {
  const [whole] = columnPieces(gpkg, layer, plan, { pieceOf: Infinity, withAttributes: true })
  if (!whole) throw new RangeError(`table ${layer.table} was not read`)
  return whole
}

/**
 * The same, `pieceOf` features at a time, so that memory does not grow with the layer. There is always a piece, if an empty one.
 */
export function* columnPieces(
  gpkg: string,
  layer: LayerSource,
  plan: Pick<Plan, 'crs' | 'frame'>,
  options: { pieceOf: number; withAttributes: boolean },
): Generator<LayerColumns> {
  const db = new Database(gpkg, { readonly: true, fileMustExist: true })
  try {
    db.pragma('trusted_schema = OFF')
    yield* readTable(db, layer, plan, options)
  } finally {
    db.close()
  }
}

function* readTable(
  db: Database.Database,
  layer: LayerSource,
  plan: Pick<Plan, 'crs' | 'frame'>,
  { pieceOf, withAttributes }: { pieceOf: number; withAttributes: boolean },
): Generator<LayerColumns> {
  const columns = db.pragma(`table_info(${quoted(layer.table)})`) as { name: string; type: string }[]
  const ours = withAttributes ? columns.filter(({ name }) => name.startsWith(OUR_PREFIX)) : []
  const names = ours.map(({ name }) => name.slice(OUR_PREFIX.length))
  const types = Object.fromEntries(ours.map(({ type }, i) => [names[i], type === 'TEXT' ? 'text' : 'number'] as const))
  const { role, name, kind } = layer
  const fresh = () => layerBuilder({ role, name, kind, frame: plan.frame }, types)
  let builder = fresh()
  let pieces = 0
  const readGeometry = frameReader(plan)
  const select = ['fid', 'geom', ...ours.map((column) => quoted(column.name))].join(', ')
  const rows = db
    .prepare(`SELECT ${select} FROM ${quoted(layer.table)} ORDER BY fid`)
    .raw()
    .iterate() as Iterable<unknown[]>
  const attributes: Record<string, AttributeValue> = {}
  for (const [fid, geom, ...values] of rows) {
    for (const [i, key] of names.entries()) attributes[key] = values[i] as AttributeValue
    builder.add(fid as number, readGeometry(geom as Buffer), attributes)
    if (builder.size() < pieceOf) continue
    yield builder.finish(layer.sha256)
    pieces += 1
    builder = fresh()
  }
  if (pieces === 0 || builder.size() > 0) yield builder.finish(layer.sha256)
}

/** Stored geometry → parts in metres of the frame. The returned arrays are new for each feature. */
function frameReader(plan: Pick<Plan, 'crs' | 'frame'>): (blob: Buffer) => Float64Array[][] {
  const toFrameRuns = planToFrame(plan)
  const decode = gpbDecoder()
  let parts: Float64Array[][] = []
  const sink = {
    part: () => void parts.push([]),
    run(xy: Float64Array, vertices: number) {
      const run = xy.slice(0, vertices * 2)
      toFrameRuns(run, vertices)
      parts.at(-1)?.push(run)
    },
  }
  return (blob) => {
    parts = []
    decode(blob, sink)
    return parts
  }
}
