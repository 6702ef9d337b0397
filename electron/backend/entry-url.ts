import path from 'node:path'
import { pathToFileURL } from 'node:url'

/** Files that run as their own worker thread, and where their source lies beside this one. */
const SOURCES = {
  'analysis-worker': './analysis/analysis-worker.ts',
  'attribute-worker': './attributes/attribute-worker.ts',
  'gdal-worker': './formats/gdal-worker.ts',
  'geometry-worker': './import/geometry-worker.ts',
  'indicator-worker': './analysis/indicator-worker.ts',
  'map-print-worker': './map-print/map-print-worker.ts',
  'map-worker': './map/map-worker.ts',
  'overlap-worker': './analysis/overlap-worker.ts',
  'pdf-worker': './memo/pdf-worker.ts',
  'sample-worker': './sample/sample-worker.ts',
  'sign-worker': './sign/sign-worker.ts',
} as const

export type WorkerEntry = keyof typeof SOURCES

/** Kept apart from `new URL(…)`, which bundlers would take for an asset to copy. */
const here = import.meta.url

/** In a checkout only: the folder of a bundle that was just made from these sources, as the set-up of the tests does. It starts sooner. */
export const bundleOfTests = (): string | undefined => process.env['GREENPRINT_TEST_BUNDLE']

/**
 * Where a worker starts: its source when run from a checkout, `<entry>.js` when bundled. The bundle is flat
 * (`out/main/<entry>.js`); code that several entries share may lie one folder deeper, in `chunks`.
 */
export function entryUrl(entry: WorkerEntry, moduleUrl: string = here): URL {
  const bundle = bundleOfTests()
  if (moduleUrl.endsWith('.ts'))
    return bundle === undefined ? new URL(SOURCES[entry], moduleUrl) : pathToFileURL(path.join(bundle, `${entry}.js`))
  const folder = /\/chunks\/[^/]+$/.test(moduleUrl) ? '../' : './'
  return new URL(`${folder}${entry}.js`, moduleUrl)
}
