import { createHash } from 'node:crypto'
import Database from 'better-sqlite3'
import { TOPOLOGY_LAYER, type MapFault, type MapLayer } from '#core/contract/map-data.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { entryOfLook } from '#core/map/legend.ts'
import { MAP_STYLES } from '#core/map/styles.ts'
import type { Plan } from '#core/model/plan.ts'
import { loadLayerColumns, type LayerFiles } from '../store/layer-columns.ts'
import { TOPOLOGY_TABLE } from '../store/topology-table.ts'

/** Faults that are listed by the screen; the map shows all of them. */
const MOST_LISTED = 200

const KINDS = ['overlap', 'gap'] as const

interface Row {
  fid: number
  layer: string
  kind: string
  area_m2: number
  features: string | null
}

/** Overlaps and gaps that the import found, as a layer of the map: seen when a person switches it on. */
export interface TopologyMap {
  columns: LayerColumns
  classOf: Uint16Array
  layer: MapLayer
}

/** The layer of a plan's faults, or null where its file has none. */
export function openTopology(plan: Plan, files: LayerFiles): TopologyMap | null {
  const rows = rowsOf(files.gpkg)
  if (rows.length === 0) return null
  const source = {
    role: 'other' as const,
    name: TOPOLOGY_TABLE,
    kind: 'polygon' as const,
    table: TOPOLOGY_TABLE,
    sha256: createHash('sha256').update(`${TOPOLOGY_TABLE} ${plan.gpkgSha256}`).digest('hex'),
  }
  const columns = loadLayerColumns(files, source, plan)
  const kindOf = new Map(rows.map(({ fid, kind }) => [fid, KINDS.findIndex((known) => known === kind)]))
  const classOf = Uint16Array.from(columns.fid, (fid) => Math.max(0, kindOf.get(fid) ?? 0))
  const { title, order, looks } = MAP_STYLES.topology
  const legend = KINDS.map((kind, index) =>
    entryOfLook({ code: kind, look: looks[kind] }, index, rows.filter((row) => row.kind === kind).length, 'polygon'),
  )
  const layer: MapLayer = {
    id: TOPOLOGY_LAYER,
    role: 'topology',
    name: TOPOLOGY_TABLE,
    title,
    kind: 'polygon',
    features: rows.length,
    legend,
    order,
    visible: false,
    faults: rows.slice(0, MOST_LISTED).map(faultOf),
  }
  return { columns, classOf, layer }
}

const faultOf = ({ fid, layer, kind, area_m2: areaM2, features }: Row): MapFault => ({
  fid,
  table: layer,
  kind: kind === 'gap' ? 'gap' : 'overlap',
  areaM2,
  features: (features ?? '').split(' ').filter(Boolean).map(Number),
})

/** Largest first, as they were written. */
function rowsOf(gpkg: string): Row[] {
  const db = new Database(gpkg, { readonly: true, fileMustExist: true })
  try {
    const found = db.prepare(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?`).get(TOPOLOGY_TABLE)
    if (found === undefined) return []
    return db
      .prepare(`SELECT fid, layer, kind, area_m2, features FROM ${TOPOLOGY_TABLE} ORDER BY area_m2 DESC, fid`)
      .all() as Row[]
  } finally {
    db.close()
  }
}
