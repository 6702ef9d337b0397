import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { crsInfo, crsWkt } from '#core/crs/crs.ts'
import { landClass } from '#core/reference/land-classes.ts'
import { canopyAsc } from '#core/sample/canopy.ts'
import { generateCity, SAMPLE_CANOPY, SAMPLE_CRS, SAMPLE_GEOPACKAGE, type SampleOptions } from '#core/sample/city.ts'
import type { SampleLayer } from '#core/sample/layer.ts'
import { createGpkg, type GpkgLayerRecord, type GpkgWriter } from '../store/gpkg-writer.ts'

export interface WrittenSample {
  manifest: string
  files: string[]
  layers: { role: string; table: string; features: number }[]
  parcels: number
}

const README = ({
  parcels,
  seed,
  revision = 0,
}: SampleOptions) => `Qinglan 青岚: an invented city for trying Greenprint (about ${parcels} parcels, seed ${seed}${revision === 0 ? '' : `, revision ${revision}`}).
Coordinates are CGCS2000 / 3-degree Gauss-Kruger CM 114E (EPSG:4547); nothing here exists.

plan.json      the plan manifest: open this one
${SAMPLE_GEOPACKAGE}   all layers, field names as Chinese offices use them
${SAMPLE_CANOPY}     tree canopy, share 0..1 per cell of 60 m
planted.json   defects put in on purpose, which a review must find
${revision === 0 ? '' : `edits.json     what this revision changed: what a comparison with the first version must find\n`}`

/** Writes the sample city into a folder. Equal options give equal bytes. `report` counts layers. */
export function writeSample(dir: string, options: SampleOptions, report: (done: number, total: number) => void): WrittenSample {
  const city = generateCity(options, (code) => landClass(code)?.zh ?? code)
  mkdirSync(dir, { recursive: true })
  const geopackage = path.join(dir, SAMPLE_GEOPACKAGE)
  rmSync(geopackage, { force: true })
  const info = crsInfo(SAMPLE_CRS)
  const writer = createGpkg(geopackage, {
    srsId: 4547,
    name: info?.name ?? SAMPLE_CRS,
    organization: 'EPSG',
    code: 4547,
    wkt: crsWkt(SAMPLE_CRS) ?? 'undefined',
  })
  try {
    const records = city.layers.map((layer, index) => {
      report(index, city.layers.length + 1)
      return writeLayer(writer, layer)
    })
    writer.finish(records)
  } catch (error) {
    writer.abandon()
    throw error
  }
  const text = (name: string, content: string) => writeFileSync(path.join(dir, name), content)
  text('plan.json', JSON.stringify(city.manifest, null, 2) + '\n')
  text('planted.json', JSON.stringify(city.planted, null, 2) + '\n')
  text(SAMPLE_CANOPY, canopyAsc(city.canopy))
  const isRevision = (options.revision ?? 0) !== 0
  if (isRevision) text('edits.json', JSON.stringify(city.edits, null, 2) + '\n')
  text('README.txt', README(options))
  report(city.layers.length + 1, city.layers.length + 1)
  return {
    manifest: path.join(dir, 'plan.json'),
    files: ['plan.json', SAMPLE_GEOPACKAGE, SAMPLE_CANOPY, 'planted.json', ...(isRevision ? ['edits.json'] : []), 'README.txt'],
    layers: city.layers.map(({ role, table, features }) => ({ role, table, features: features.length })),
    parcels: city.layers.find((layer) => layer.role === 'landuse_plan')?.features.length ?? 0,
  }
}

function writeLayer(writer: GpkgWriter, layer: SampleLayer): GpkgLayerRecord {
  const table = writer.addTable({
    table: layer.table,
    name: layer.table,
    kind: layer.kind,
    multiPoint: false,
    fields: layer.fields,
  })
  for (const { parts, values } of layer.features) table.add({ kind: layer.kind, parts }, values)
  const { sha256 } = table.finish()
  return {
    role: layer.role,
    table: layer.table,
    name: layer.table,
    kind: layer.kind,
    sha256,
    sourcePath: '',
    sourceSha256: '',
    sourceCrs: SAMPLE_CRS,
    crs: SAMPLE_CRS,
    encoding: null,
  }
}
