import path from 'node:path'
import { planarFrame } from '#core/geo/frame.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Layer, Plan } from '#core/model/plan.ts'
import { LOCAL_CRS } from '../store/gpkg-schema.ts'
import { createGpkg } from '../store/gpkg-writer.ts'

/* A small plan on disk, for tests of analyses. */

/** Where a test keeps its plans. */
export const gpkgIn = (dir: string) => (sha256: string) => path.join(dir, `${sha256}.gpkg`)

const ring = (x: number, y: number, width: number, height: number) =>
  Float64Array.of(x, y, x + width, y, x + width, y + height, x, y + height, x, y)

/** A plan of `side` × `side` parcels of one hectare: columns of homes, columns of parks, one basic farmland across the first. */
export function writePlan(
  dir: string,
  name: string,
  side: number,
  parameters: Record<string, number> = {},
): { plan: Plan; layers: Layer[] } {
  const writer = createGpkg(gpkgIn(dir)(name), LOCAL_CRS)
  const parcels = writer.addTable({
    table: 'landuse_plan',
    name: 'landuse_plan',
    kind: 'polygon',
    multiPoint: false,
    fields: [{ name: 'gp_class', type: 'text' }],
  })
  for (let at = 0; at < side * side; at += 1) {
    const column = at % side
    parcels.add({ kind: 'polygon', parts: [[ring(100 * column, 100 * Math.floor(at / side), 100, 100)]] }, [
      column % 2 ? '1401' : '0701',
    ])
  }
  const line = (table: string, parts: Float64Array[][]) => {
    const layer = writer.addTable({ table, name: table, kind: 'polygon', multiPoint: false, fields: [] })
    layer.add({ kind: 'polygon', parts }, [])
    return layer.finish().sha256
  }
  const hashes = {
    landuse_plan: parcels.finish().sha256,
    pbf: line('pbf', [[ring(50, 0, 10, 100)]]),
    eco_redline: line('eco_redline', [[ring(-900, 0, 100, 100)]]),
  }
  writer.finish([])
  const layers = Object.entries(hashes).map(([role, sha256]) => layerOf(role as Layer['role'], sha256))
  return { plan: planOf(name, parameters, layers), layers }
}

const layerOf = (role: Layer['role'], sha256: string): Layer => ({
  id: role as string as LayerId,
  planId: 'plan' as PlanId,
  role,
  name: role,
  kind: 'polygon',
  table: role,
  features: 1,
  areaM2: null,
  lengthM: null,
  sha256,
  sourcePath: 'plan.gpkg',
  sourceSha256: sha256,
  sourceCrs: 'LOCAL:metre',
  crsReason: { zh: '测试', en: 'test' },
  encoding: null,
  notes: [],
  unknownClasses: {},
})

const planOf = (gpkgSha256: string, parameters: Record<string, number>, layers: Layer[]): Plan => ({
  id: 'plan' as PlanId,
  name: 'Test',
  nameZh: null,
  cityName: null,
  cityKind: null,
  population: 10_000,
  populationYear: null,
  planLevel: 'master',
  baseYear: null,
  targetYear: null,
  crs: 'LOCAL:metre',
  frame: planarFrame(0, 0),
  extent: [0, 0, 1, 1],
  gpkgSha256,
  manifest: {
    greenprint: 'plan-manifest/1',
    name: 'Test',
    layers: layers.map(({ role }) => ({ role, path: 'plan.gpkg' })),
    parameters,
  },
  importedAt: '2026-01-01T00:00:00.000Z',
})
