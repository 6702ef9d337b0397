import path from 'node:path'
import { bilingual } from '#core/text.ts'
import { openFgb, type FgbHeader } from './fgb.ts'
import { gatherFgb } from './fgb-layer.ts'
import type { Format, OpenedSource, OpenOptions, SourceLayer } from './format.ts'
import { statedCrs } from './named-crs.ts'
import { shownName } from './read-file.ts'
import { SpooledLayer } from './spooled-layer.ts'

const crsOf = ({ crs }: FgbHeader, extent: SourceLayer['extent']): SourceLayer['crs'] =>
  statedCrs(
    {
      source: bilingual('FlatGeobuf 文件头', 'FlatGeobuf'),
      epsg: crs && ['', 'EPSG'].includes(crs.organization.toUpperCase()) ? crs.code : null,
      wkt: crs?.wkt ?? null,
    },
    extent,
  )

function openFlatGeobuf(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const fgb = openFgb(file, shown, options.report)
  const layer = new SpooledLayer({ file: shown, layer: null, stagingDir: options.stagingDir })
  try {
    layer.declare(fgb.header.columns.map(({ name }) => name))
    gatherFgb(fgb.features(), layer)
    const layers = layer.toLayers({
      crs: crsOf(fgb.header, layer.extent),
      encoding: {
        value: 'UTF-8',
        confidence: 1,
        reason: bilingual('FlatGeobuf 规定文字为 UTF-8', 'FlatGeobuf is UTF-8 by rule'),
      },
    })
    return { layers, close: () => layer.close() }
  } catch (error) {
    layer.close()
    throw error
  } finally {
    fgb.close()
  }
}

const isFgb = (head: Uint8Array): boolean => head[0] === 0x66 && head[1] === 0x67 && head[2] === 0x62

/** FlatGeobuf, read by our own streaming reader. */
export const flatgeobuf: Format = {
  id: 'flatgeobuf',
  label: bilingual('FlatGeobuf', 'FlatGeobuf'),
  extensions: ['.fgb'],
  recognises: (file, head) => path.extname(file).toLowerCase() === '.fgb' || (path.extname(file) === '' && isFgb(head)),
  open: openFlatGeobuf,
}
