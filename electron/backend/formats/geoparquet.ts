import path from 'node:path'
import { bilingual } from '#core/text.ts'
import type { Format } from './format.ts'

/** GeoParquet 1.0 and 1.1: WKB and the native encodings. */
export const geoparquet: Format = {
  id: 'geoparquet',
  label: bilingual('GeoParquet', 'GeoParquet'),
  extensions: ['.parquet', '.geoparquet'],
  recognises(file, head) {
    const extension = path.extname(file).toLowerCase()
    return (
      extension === '.parquet' ||
      extension === '.geoparquet' ||
      (extension === '' && Buffer.from(head.subarray(0, 4)).toString('latin1') === 'PAR1')
    )
  },
  // The library of this format is large, and most imports are of others.
  open: async (file, options) => (await import('./geoparquet-reader.ts')).openGeoParquet(file, options),
}
