import { rmSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { SourceLayer, SourceValue, OpenedSource, OpenOptions } from './format.ts'
import { openFgb, type FgbFeature } from './fgb.ts'
import { gatherFgb, type FgbSteps } from './fgb-layer.ts'
import { ROW_FIELD, type GdalAnswer, type GdalLayer } from './gdal-messages.ts'
import { SpooledLayer } from './spooled-layer.ts'

/** How the layers that GDAL read are told to the importer. */
export interface GdalLayerSpec {
  shown: string
  encoding: SourceLayer['encoding']
  crs: (layer: GdalLayer, extent: SourceLayer['extent']) => SourceLayer['crs']
  /** Added to GDAL's feature numbers, where they count from 0; null where they mean nothing. */
  rowOffset: number | null
  name: (layer: GdalLayer) => string | null
  /** Fields that are left out. */
  hidden?: ReadonlySet<string>
  interpret?: (value: SourceValue) => SourceValue
  reshape?: FgbSteps['reshape']
  values?: (values: FgbFeature['values']) => Iterable<readonly [string, SourceValue]>
}

const isRow = ([name]: readonly [string, SourceValue]): boolean => name === ROW_FIELD

interface Gathered {
  layer: SpooledLayer
  wkt: string | null
}

function gather(found: GdalLayer, spec: GdalLayerSpec, options: OpenOptions): Gathered {
  const { interpret, reshape, values = (all) => all } = spec
  const layer = new SpooledLayer({
    file: spec.shown,
    layer: spec.name(found),
    stagingDir: options.stagingDir,
    ...(interpret ? { interpret } : {}),
  })
  const fields = found.fields.filter(({ name }) => !spec.hidden?.has(name))
  layer.declare(fields.map(({ name }) => name))
  const named = fields.filter(({ name, alias }) => alias !== null && alias !== '' && alias !== name)
  if (named.length > 0) {
    const list = named.map(({ name, alias }) => `${name}=${alias}`).join(', ')
    layer.notes.push({ severity: 'info', text: bilingual(`字段别名：${list}`, `field aliases: ${list}`) })
  }
  if (found.fgb === null) return { layer, wkt: found.wkt }
  const fgb = openFgb(found.fgb, spec.shown, options.report)
  try {
    gatherFgb(fgb.features(), layer, {
      isTable: !found.hasGeometry,
      ...(reshape ? { reshape } : {}),
      attributes: ({ row, values: all }) => {
        const number = all.find(isRow)?.[1]
        const rest = values(all.filter((pair) => !isRow(pair)))
        return { row: typeof number === 'number' && spec.rowOffset !== null ? number + spec.rowOffset : row, values: rest }
      },
    })
    return { layer, wkt: found.wkt ?? fgb.header.crs?.wkt ?? null }
  } catch (error) {
    layer.close()
    throw error
  } finally {
    fgb.close()
  }
}

/** Reads what GDAL has converted and deletes it; what is kept is in the spools of the layers. */
export function sourceOfGdal(layers: readonly GdalLayer[], spec: GdalLayerSpec, options: OpenOptions): OpenedSource {
  const gathered: SpooledLayer[] = []
  const close = (): void => {
    for (const layer of gathered) layer.close()
  }
  try {
    const sources = layers.flatMap((found) => {
      const { layer, wkt } = gather(found, spec, options)
      gathered.push(layer)
      return layer.toLayers({ crs: spec.crs({ ...found, wkt }, layer.extent), encoding: spec.encoding })
    })
    if (sources.length === 0) throw new AppError('import.no-layers', { file: spec.shown })
    return { layers: sources, close }
  } catch (error) {
    close()
    throw error
  }
}

/** Deletes the files that an answer's layers wait in. */
export function dropOutputs({ layers, blocks }: GdalAnswer): void {
  for (const layer of [...layers, blocks]) if (layer?.fgb) rmSync(layer.fgb, { force: true })
}
