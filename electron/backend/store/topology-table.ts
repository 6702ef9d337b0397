import Database from 'better-sqlite3'
import { crsInfo, makeTransform, type Transform } from '#core/crs/crs.ts'
import { fromFrame } from '#core/geo/frame.ts'
import { GRID } from '#core/geo/repair.ts'
import type { TilingFault } from '#core/geo/tiling.ts'
import type { Plan } from '#core/model/plan.ts'
import { gpbDecoder, type Box } from './gpkg-geometry.ts'
import { quoted, type GpkgCrs } from './gpkg-schema.ts'
import { extendGpkg } from './gpkg-writer.ts'
import type { LayerSource } from './layer-columns.ts'

/** Our table of overlaps and gaps inside the plan's GeoPackage: an ordinary layer, so that any GIS shows them. */
export const TOPOLOGY_TABLE = 'greenprint_topology'

/** A fault in the plan's system. */
export interface LocatedFault {
  /** Table of the layer that it is in. */
  table: string
  kind: TilingFault['kind']
  covers: number
  areaM2: number
  box: Box
  point: [x: number, y: number]
  rings: Float64Array[]
  /** Feature ids of that table that cover the point; none for a gap. */
  features: number[]
}

/** Carries faults from the frame into the plan's system and names the features of each. */
export function locateFaults(
  gpkg: string,
  { table }: Pick<LayerSource, 'table'>,
  plan: Pick<Plan, 'crs' | 'frame'>,
  faults: readonly TilingFault[],
): LocatedFault[] {
  if (faults.length === 0) return []
  const toPlan = frameToPlan(plan)
  const db = new Database(gpkg, { readonly: true, fileMustExist: true })
  try {
    const featuresAt = finder(db, table)
    return faults.map(({ kind, covers, areaM2, point, rings }) => {
      const placed = rings.map((ring) => runToPlan(ring, toPlan))
      const [x, y] = toPlan(point[0], point[1])
      return {
        table,
        kind,
        covers,
        areaM2,
        box: boxOf(placed[0] ?? new Float64Array(0)),
        point: [x, y],
        rings: placed,
        features: covers === 0 ? [] : featuresAt(x, y),
      }
    })
  } finally {
    db.close()
  }
}

/** Millimetres of the frame → plan coordinates on their grid. */
export function frameToPlan({ crs, frame }: Pick<Plan, 'crs' | 'frame'>): Transform {
  const info = crsInfo(crs)
  const toEarth = fromFrame(frame)
  const project: Transform =
    info?.kind === 'projected' ? makeTransform(info.base ?? 'EPSG:4326', crs) : (x: number, y: number) => [x, y]
  const steps = info?.kind === 'geographic' ? GRID.geographic : GRID.projected
  return (x, y) => {
    const [lon, lat] = toEarth(x / 1000, y / 1000)
    const [planX, planY] = project(lon, lat)
    return [Math.round(planX * steps) / steps, Math.round(planY * steps) / steps]
  }
}

function runToPlan(run: Float64Array, toPlan: Transform): Float64Array {
  const placed = new Float64Array(run.length)
  for (let at = 0; at + 1 < run.length; at += 2) {
    const [x, y] = toPlan(run[at] ?? 0, run[at + 1] ?? 0)
    placed[at] = x
    placed[at + 1] = y
  }
  return placed
}

function boxOf(ring: Float64Array): Box {
  const box: Box = [Infinity, Infinity, -Infinity, -Infinity]
  for (let at = 0; at + 1 < ring.length; at += 2) {
    box[0] = Math.min(box[0], ring[at] ?? 0)
    box[1] = Math.min(box[1], ring[at + 1] ?? 0)
    box[2] = Math.max(box[2], ring[at] ?? 0)
    box[3] = Math.max(box[3], ring[at + 1] ?? 0)
  }
  return box
}

/** Ids of the features whose ground holds a point. */
function finder(db: Database.Database, table: string): (x: number, y: number) => number[] {
  const near = db.prepare<[number, number, number, number], { fid: number; geom: Buffer }>(
    `SELECT fid, geom FROM ${quoted(table)} WHERE fid IN
     (SELECT id FROM ${quoted(`rtree_${table}_geom`)} WHERE minx <= ? AND maxx >= ? AND miny <= ? AND maxy >= ?) ORDER BY fid`,
  )
  const decode = gpbDecoder()
  return (x, y) =>
    near.all(x, x, y, y).flatMap(({ fid, geom }) => {
      let inside = false
      const run = (xy: Float64Array, vertices: number) => {
        for (let at = 0; at + 3 < 2 * vertices; at += 2) {
          const [ay, by] = [(xy[at + 1] ?? 0) - y, (xy[at + 3] ?? 0) - y]
          if (ay > 0 === by > 0) continue
          const [ax, bx] = [(xy[at] ?? 0) - x, (xy[at + 2] ?? 0) - x]
          if (ax * by - bx * ay > 0 === by > ay) inside = !inside
        }
      }
      decode(geom, { part: () => undefined, run })
      return inside ? [fid] : []
    })
}

/** Appends the table to a finished GeoPackage, largest fault first; without faults the file is left as it is. */
export function writeTopology(gpkg: string, crs: GpkgCrs, faults: readonly LocatedFault[]): void {
  if (faults.length === 0) return
  const writer = extendGpkg(gpkg, crs)
  try {
    const table = writer.addTable({
      table: TOPOLOGY_TABLE,
      name: 'Overlaps and gaps found at import',
      kind: 'polygon',
      multiPoint: false,
      fields: [
        { name: 'layer', type: 'text' },
        { name: 'kind', type: 'text' },
        { name: 'area_m2', type: 'number' },
        { name: 'covers', type: 'number' },
        { name: 'features', type: 'text' },
      ],
    })
    for (const { table: layer, kind, areaM2, covers, features, rings } of faults.toSorted((a, b) => b.areaM2 - a.areaM2))
      table.add({ kind: 'polygon', parts: [rings] }, [layer, kind, areaM2, covers, features.join(' ')])
    table.finish()
    writer.finish([])
  } catch (error) {
    writer.abandon()
    throw error
  }
}
