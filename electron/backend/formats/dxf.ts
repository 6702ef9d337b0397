import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { guessFromCoordinates } from '#core/crs/coordinates.ts'
import { bilingual } from '#core/text.ts'
import { dxfEncoding } from './dxf-encoding.ts'
import { DxfExpansion } from './dxf-expansion.ts'
import type { FgbFeature } from './fgb.ts'
import type { FgbGeometry } from './fgb-geometry.ts'
import type { Format, OpenedSource, OpenOptions, SourceValue } from './format.ts'
import { readWithGdal } from './gdal.ts'
import { dropOutputs, sourceOfGdal, type GdalLayerSpec } from './gdal-source.ts'
import { shownName } from './read-file.ts'
import { openStaging, stageText, type TextChange } from './staging.ts'

const isClosed = (run: Float64Array): boolean => run.length >= 8 && run[0] === run.at(-2) && run[1] === run.at(-1)

/** In a drawing an area is a line that ends where it began: closed polylines, circles, ellipses and splines become polygons. */
function closedAsPolygon(geometry: FgbGeometry): FgbGeometry {
  const lines = geometry.parts.get('line')
  if (lines === undefined || geometry.parts.size > 1 || !lines.every(([run]) => run !== undefined && isClosed(run)))
    return geometry
  return { ...geometry, type: 'closed LineString', parts: new Map([['polygon', lines]]) }
}

/** Fields of GDAL that say nothing to a planner. */
const HIDDEN = new Set(['PaperSpace', 'BlockScale', 'BlockOCSNormal', 'BlockOCSCoords'])

const shownValues = (values: FgbFeature['values']): FgbFeature['values'] => values.filter(([name]) => !HIDDEN.has(name))

/** "TAG value" pairs of a block reference as attributes of their own. */
function blockValues(values: FgbFeature['values']): (readonly [string, SourceValue])[] {
  return shownValues(values).flatMap(([name, value]) => {
    if (name !== 'BlockAttributes' || typeof value !== 'string') return [[name, value] as const]
    return listOf(value).map((pair) => {
      const [, tag = '', text = ''] = /^(\S+)\s?([\s\S]*)$/.exec(pair) ?? []
      return [tag === '' ? name : tag, text === '' ? null : text] as const
    })
  })
}

/** A list as FlatGeobuf carries it: JSON. */
function listOf(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.map(String) : [text]
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return [text]
  }
}

/** Some programs forget to close the last section; the reader would then doubt all that came before. */
function closedSections(): TextChange {
  let held = ''
  return (text, place) => {
    const all = held + text
    if (place === 'last')
      return all.replace(UNCLOSED_END, (end, before: string) =>
        /ENDSEC\s*$/.test(before) ? end : `${before}  0\nENDSEC\n  0\nEOF\n`,
      )
    held = all.slice(-HELD_CHARACTERS)
    return all.slice(0, all.length - held.length)
  }
}

const HELD_CHARACTERS = 256
const UNCLOSED_END = /^([\s\S]*\n)[ \t]*0[ \t]*\r?\nEOF\s*$/

async function openDxf(file: string, options: OpenOptions): Promise<OpenedSource> {
  const shown = shownName(file, options)
  const { label, guess } = dxfEncoding(file, shown, options.encoding)
  const staged = openStaging(options)
  try {
    const copy = path.join(staged.folder, 'source.dxf')
    const expansion = new DxfExpansion()
    const close = closedSections()
    const sizeBytes = stageText({ path: file, shown, label }, copy, options.report, (text, place) => {
      expansion.see(text)
      return close(text, place)
    })
    expansion.check(shown)
    const answer = await readWithGdal({ file: copy, shown, sizeBytes, blocks: true, report: options.report })
    try {
      const spec: GdalLayerSpec = {
        shown,
        rowOffset: 1,
        name: () => null,
        crs: (_, extent) => guessFromCoordinates(extent, bilingual('DXF 不含坐标系', 'a DXF names no coordinate system')),
        encoding: guess,
        hidden: HIDDEN,
        reshape: closedAsPolygon,
        values: shownValues,
      }
      const drawn = answer.layers.filter(({ name }) => name === 'entities')
      const hasBlocks = answer.blocks !== null && answer.blocks.fgb !== null
      const entities = sourceOfGdal(drawn, hasBlocks ? { ...spec, name: () => 'entities' } : spec, options)
      if (!hasBlocks || answer.blocks === null) return entities
      const blocks = sourceOfGdal(
        [answer.blocks],
        { ...spec, name: () => 'blocks', values: blockValues, hidden: new Set([...HIDDEN, 'BlockAttributes']) },
        options,
      )
      const filled = blocks.layers.filter(({ count }) => count > 0)
      if (filled.length === 0) for (const layer of entities.layers) layer.layer = null
      return {
        layers: [...entities.layers, ...filled],
        close: () => {
          entities.close()
          blocks.close()
        },
      }
    } finally {
      dropOutputs(answer)
    }
  } finally {
    staged.remove()
  }
}

/** CAD exchange drawings as text, any version. */
export const dxf: Format = {
  id: 'dxf',
  label: bilingual('DXF（CAD 交换文件）', 'DXF (CAD exchange file)'),
  extensions: ['.dxf'],
  recognises: (file) => path.extname(file).toLowerCase() === '.dxf',
  open: openDxf,
}

/** AutoCAD's own format: known, so that its sender can be told what to do. */
export const dwg: Format = {
  id: 'dwg',
  label: bilingual('DWG（不读取，请另存为 DXF）', 'DWG (not read; save as DXF)'),
  extensions: ['.dwg'],
  recognises: (file, head) =>
    path.extname(file).toLowerCase() === '.dwg' || /^AC10\d\d/.test(Buffer.from(head.subarray(0, 6)).toString('latin1')),
  open(file, options) {
    throw new AppError('import.dwg', { file: shownName(file, options) })
  },
}
