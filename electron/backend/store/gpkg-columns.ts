import Database from 'better-sqlite3'
import { layerBuilder, type AttributeValue } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import type { Plan } from '#core/model/plan.ts'
import { gpbDecoder } from './gpkg-geometry.ts'
import { quoted } from './gpkg-schema.ts'
import type { LayerSource } from './layer-columns.ts'
import { planToFrame } from './plan-to-frame.ts'

/** Columns of a plan's table that hold our attributes start with this; the rest are the source's, untouched. */
export const OUR_PREFIX = 'gp_'

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
