import Database from 'better-sqlite3'
import { layerBuilder, type AttributeValue } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { toFrame } from '#core/geo/frame.ts'
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

/** Reads a layer's table of the plan's GeoPackage into columns; opened read-only, nothing in it is executed. */
export function columnsFromGpkg(gpkg: string, layer: LayerSource, plan: Pick<Plan, 'crs' | 'frame'>): LayerColumns {
  const db = new Database(gpkg, { readonly: true, fileMustExist: true })
  try {
    db.pragma('trusted_schema = OFF')
    return readTable(db, layer, plan)
  } finally {
    db.close()
  }
}

function readTable(db: Database.Database, layer: LayerSource, plan: Pick<Plan, 'crs' | 'frame'>): LayerColumns {
  const columns = db.pragma(`table_info(${quoted(layer.table)})`) as { name: string; type: string }[]
  const ours = columns.filter(({ name }) => name.startsWith(OUR_PREFIX))
  const names = ours.map(({ name }) => name.slice(OUR_PREFIX.length))
  const types = Object.fromEntries(ours.map(({ type }, i) => [names[i], type === 'TEXT' ? 'text' : 'number'] as const))
  const { role, name, kind } = layer
  const builder = layerBuilder({ role, name, kind, frame: plan.frame }, types)
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
  }
  return builder.finish(layer.sha256)
}

/** Stored geometry → parts in metres of the frame. The returned arrays are new for each feature. */
function frameReader(plan: Pick<Plan, 'crs' | 'frame'>): (blob: Buffer) => Float64Array[][] {
  const toEarth = toGeographic(plan.crs)
  const project = toFrame(plan.frame)
  const decode = gpbDecoder()
  let parts: Float64Array[][] = []
  const sink = {
    part: () => void parts.push([]),
    run(xy: Float64Array, vertices: number) {
      const run = new Float64Array(vertices * 2)
      for (let i = 0; i < run.length; i += 2) {
        const [lon, lat] = toEarth(xy[i] as number, xy[i + 1] as number)
        const [x, y] = project(lon, lat)
        run[i] = x
        run[i + 1] = y
      }
      parts.at(-1)?.push(run)
    },
  }
  return (blob) => {
    parts = []
    decode(blob, sink)
    return parts
  }
}
