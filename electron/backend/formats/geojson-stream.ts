import { recogniseFromGeoJson } from '#core/crs/recognise.ts'
import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import { fileChunks } from './file-chunks.ts'
import type { OpenedSource, OpenOptions } from './format.ts'
import { elements, GeoJsonFeatures, parseSlice, scanned, streamEncoding } from './geojson-features.ts'
import { JsonScanner } from './json-scanner.ts'
import { shownName } from './read-file.ts'
import { SpooledLayer } from './spooled-layer.ts'

/** Names of the members that matter; others are passed over without being parsed. */
const KEPT = new Set(['type', 'crs'])
const BYTE_ORDER_MARK = '\u00EF\u00BB\u00BF'

interface TopLevel {
  members: Map<string, unknown>
  hasFeatures: boolean
}

/** Walks over the members of the collection; its features go to `add` one by one, wherever among them they stand. */
function walk(scanner: JsonScanner, decode: (bytes: Uint8Array) => string, add: (feature: unknown) => void): TopLevel {
  const members = new Map<string, unknown>()
  let hasFeatures = false
  scanner.skipSpace(BYTE_ORDER_MARK)
  scanner.expect('{')
  for (let isFirst = true; ; isFirst = false) {
    const next = scanner.skipSpace()
    if (next === 0x7d && isFirst) break
    if (next !== 0x22) scanner.fail()
    const name = String(parseSlice(scanner.value(), decode))
    scanner.expect(':')
    if (name === 'features' && scanner.skipSpace() === 0x5b) {
      hasFeatures = true
      for (const slice of elements(scanner)) add(parseSlice(slice, decode))
    } else if (KEPT.has(name)) members.set(name, parseSlice(scanner.value(), decode))
    else scanner.value(false)
    const after = scanner.skipSpace()
    if (after === 0x7d) break
    scanner.expect(',')
  }
  scanner.skip()
  if (scanner.skipSpace() >= 0) scanner.fail()
  return { members, hasFeatures }
}

/**
 * Opens a GeoJSON collection of any size: features are cut out of the file, parsed one at a time and kept in a spool, so memory
 * does not grow with the file. @throws AppError `import.json-broken`, `import.geojson-shape`, `import.bad-coordinate`
 */
export function openGeoJsonStream(file: string, options: OpenOptions): OpenedSource {
  const shown = shownName(file, options)
  const encoding = streamEncoding(file, shown, options.encoding)
  const layer = new SpooledLayer({ file: shown, layer: null, stagingDir: options.stagingDir })
  try {
    const features = new GeoJsonFeatures(shown, layer)
    const scanner = new JsonScanner(fileChunks(file, shown, options.report), shown, encoding.doubleBytes)
    let row = 0
    const { members, hasFeatures } = scanned(file, shown, () =>
      walk(scanner, encoding.decode, (feature) => features.add(feature, ++row)),
    )
    if (members.get('type') !== 'FeatureCollection' || !hasFeatures) {
      const problem = bilingual(
        '不是 FeatureCollection（这样大的文件只能是要素集合）',
        'it is no FeatureCollection, which a file of this size must be',
      )
      throw new AppError('import.geojson-shape', { file: shown, row: null, problem })
    }
    features.finish()
    const crs = recogniseFromGeoJson(members.get('crs'), layer.extent)
    return { layers: layer.toLayers({ crs, encoding: encoding.guess }), close: () => layer.close() }
  } catch (error) {
    layer.close()
    throw error
  }
}
