import Database from 'better-sqlite3'
import type { Measurement } from '#core/model/measurement.ts'
import type { Layer } from '#core/model/plan.ts'
import type { Lang } from '#core/text.ts'
import { createGpkg, type GpkgTable } from './gpkg-writer.ts'
import type { GpkgCrs } from './gpkg-schema.ts'
import { storedShapes } from './stored-shapes.ts'

interface EvidenceInput {
  layers: readonly Layer[]
  measurements: readonly Measurement[]
  /** The plan's GeoPackage. */
  source: string
  crs: GpkgCrs
  lang: Lang
}

const FIELDS: GpkgTable['fields'] = [
  { name: 'indicator', type: 'text' },
  { name: 'layer', type: 'text' },
  { name: 'plan_fid', type: 'number' },
  { name: 'value', type: 'number' },
  { name: 'note', type: 'text' },
]

/**
 * Writes the features that prove each number as a GeoPackage in the plan's CRS, one table per indicator and kind of geometry:
 * what an applicant's own GIS opens to see the conflicts. Returns how many features were written.
 */
export function writeEvidence(path: string, { layers, measurements, source, crs, lang }: EvidenceInput): number {
  const reader = new Database(source, { readonly: true })
  const writer = createGpkg(path, crs)
  let written = 0
  try {
    for (const measurement of measurements) {
      for (const kind of ['polygon', 'line', 'point'] as const) {
        const rows = storedShapes(reader, layers, kind, measurement.evidence)
        if (rows.length === 0) continue
        const name = `${measurement.id}_${kind}`
        const table = writer.addTable({
          table: name.replace(/[^A-Za-z0-9_]/g, '_'),
          name,
          kind,
          multiPoint: true,
          fields: FIELDS,
        })
        for (const { feature, parts } of rows) {
          table.add({ kind, parts }, [
            measurement.id,
            feature.layer,
            feature.fid,
            feature.value ?? null,
            feature.note?.[lang] ?? null,
          ])
          written += 1
        }
        table.finish()
      }
    }
    writer.finish([])
    return written
  } catch (error) {
    writer.abandon()
    throw error
  } finally {
    reader.close()
  }
}
