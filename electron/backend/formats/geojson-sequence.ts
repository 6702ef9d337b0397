import path from 'node:path'
import { recogniseFromGeoJson } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { fileChunks } from './file-chunks.ts'
import type { Format, OpenedSource, OpenOptions } from './format.ts'
import { GeoJsonFeatures, parseSlice, scanned, streamEncoding } from './geojson-features.ts'
import { isRecord } from './geojson-geometry.ts'
import { JsonScanner } from './json-scanner.ts'
import { shownName } from './read-file.ts'
import { SpooledLayer } from './spooled-layer.ts'

/** What may stand between two texts besides white space: RFC 8142's record separator, and a byte-order mark at the start. */
const BETWEEN = '\u001E\u00EF\u00BB\u00BF'

/** Every JSON text of the file, one after the other, on lines of their own or spread over many. */
function* texts(scanner: JsonScanner, decode: (bytes: Uint8Array) => string): Generator<unknown> {
  while (scanner.skipSpace(BETWEEN) >= 0) yield parseSlice(scanner.value(), decode)
}

const isCollection = (value: unknown): value is { features: unknown[]; crs?: unknown } =>
  isRecord(value) && value.type === 'FeatureCollection' && Array.isArray(value.features)

function openSequence(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const encoding = streamEncoding(file, shown, options.encoding)
  const layer = new SpooledLayer({ file: shown, layer: null, stagingDir: options.stagingDir })
  try {
    const features = new GeoJsonFeatures(shown, layer)
    const scanner = new JsonScanner(fileChunks(file, shown, options.report), shown, encoding.doubleBytes)
    let row = 0
    let crs: unknown = undefined
    scanned(file, shown, () => {
      for (const value of texts(scanner, encoding.decode)) {
        if (isRecord(value) && 'crs' in value) crs ??= value.crs
        for (const feature of isCollection(value) ? value.features : [value]) features.add(feature, ++row)
      }
    })
    if (row === 0) throw new AppError('import.no-layers', { file: shown })
    features.finish()
    const guess = recogniseFromGeoJson(crs, layer.extent)
    return { layers: layer.toLayers({ crs: guess, encoding: encoding.guess }), close: () => layer.close() }
  } catch (error) {
    layer.close()
    throw error
  }
}

const EXTENSIONS = ['.ndjson', '.geojsonl', '.geojsons', '.geojsonseq', '.jsonl', '.seq']
const LOOKS_LIKE = /^\s*\{[\s\S]*"type"\s*:\s*"(Feature|FeatureCollection|(Multi)?(Point|LineString|Polygon))"/

/** GeoJSON texts one after the other: newline-delimited, or RFC 8142 with record separators. */
export const geojsonSequence: Format = {
  id: 'geojson-sequence',
  label: bilingual('GeoJSON 序列（每行一个要素）', 'GeoJSON sequence (a feature per line)'),
  extensions: EXTENSIONS,
  recognises(file, head) {
    const extension = path.extname(file).toLowerCase()
    const text = Buffer.from(head).toString('latin1')
    if (EXTENSIONS.includes(extension)) return true
    if (extension !== '.txt' && extension !== '.json') return false
    const start = text.replace(/^[^{]*/, '') // byte-order mark, record separator
    return (extension === '.txt' || text.trimStart().startsWith('\u001E')) && text.indexOf('{') < 8 && LOOKS_LIKE.test(start)
  },
  open: openSequence,
}
