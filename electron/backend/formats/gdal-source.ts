import { rmSync } from 'node:fs'
import { AppError } from '#core/errors.ts'
import type { Note } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import type { SourceLayer, SourceValue, OpenedSource, OpenOptions } from './format.ts'
import { openFgb, type FgbFeature } from './fgb.ts'
import { gatherFgb, type FgbSteps } from './fgb-layer.ts'
import { ROW_FIELD, type GdalAnswer, type GdalField, type GdalLayer } from './gdal-messages.ts'
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

/** A field of our own beside one of codes: what its codes are called. */
interface CodedField {
  name: string
  of: string
  names: Readonly<Record<string, string>>
}

/** YDYHFLDM, DLBM … have their names in YDYHFLMC, DLMC …; other fields in one that says so. */
function nameBeside(field: string, taken: ReadonlySet<string>): string {
  const usual = field.replace(/(DM|BM)$/i, (ending) => (ending === ending.toUpperCase() ? 'MC' : 'mc'))
  const wanted = usual === field || taken.has(usual.toUpperCase()) ? `${field}_值域名称` : usual
  return taken.has(wanted.toUpperCase()) ? `${field}_值域名称_2` : wanted
}

function codedFields(fields: readonly GdalField[]): CodedField[] {
  const taken = new Set(fields.map(({ name }) => name.toUpperCase()))
  return fields.flatMap(({ name, codedValues }) =>
    codedValues === null ? [] : [{ name: nameBeside(name, taken), of: name, names: codedValues }],
  )
}

const withNames = (
  values: readonly (readonly [string, SourceValue])[],
  coded: readonly CodedField[],
): (readonly [string, SourceValue])[] => {
  const byField = new Map(values)
  const named = coded.map(({ name, of, names }): readonly [string, SourceValue] => {
    const code = String(byField.get(of) ?? '')
    return [name, Object.hasOwn(names, code) ? (names[code] ?? null) : null]
  })
  return [...values, ...named]
}

function codedNote(coded: readonly CodedField[]): Note {
  const list = coded.map(({ of, name, names }) => `${of} → ${name} (${Object.keys(names).length})`).join(', ')
  return {
    severity: 'info',
    code: 'fields.coded-values',
    params: { fields: coded.map(({ of, name, names }) => ({ field: of, name, codes: Object.keys(names).length })) },
    text: bilingual(`编码值域的名称已作为字段读取：${list}`, `names of coded-value domains were read as fields: ${list}`),
  }
}

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
  const coded = codedFields(fields)
  layer.declare([...fields, ...coded].map(({ name }) => name))
  if (coded.length > 0) layer.notes.push(codedNote(coded))
  const named = fields.filter(({ name, alias }) => alias !== null && alias !== '' && alias !== name)
  if (named.length > 0) {
    const list = named.map(({ name, alias }) => `${name}=${alias}`).join(', ')
    layer.notes.push({ severity: 'info', code: 'fields.aliases', text: bilingual(`字段别名：${list}`, `field aliases: ${list}`) })
  }
  if (found.fgb === null) return { layer, wkt: found.wkt }
  const fgb = openFgb(found.fgb, spec.shown, options.report)
  try {
    gatherFgb(fgb.features(), layer, {
      isTable: !found.hasGeometry,
      ...(reshape ? { reshape } : {}),
      attributes: ({ row, values: all }) => {
        const number = all.find(isRow)?.[1]
        const plain = values(all.filter((pair) => !isRow(pair)))
        const rest = coded.length === 0 ? plain : withNames([...plain], coded)
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
