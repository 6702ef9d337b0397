import path from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { ownRequire } from './own-require.ts'
import { pdfjsAssets } from './pdfjs-assets.ts'

const root = path.resolve(import.meta.dirname, '..')
const from = (file: string) => path.join(root, file)

/** Entries that Electron's main process, its workers and its child processes load by name; see electron/backend/entry-url.ts. */
const mainEntries = {
  main: from('electron/shell/main.ts'),
  cli: from('electron/cli/main.ts'),
  'backend-process': from('electron/shell/backend-process.ts'),
  'import-process': from('electron/backend/import/import-process.ts'),
  'basemap-process': from('electron/backend/basemap/basemap-process.ts'),
  'sheet-process': from('electron/backend/sheets/sheet-process.ts'),
  'package-process': from('electron/backend/share/package-process.ts'),
  'self-test-process': from('electron/shell/self-test-process.ts'),
  'self-test-victim': from('electron/backend/self-test-victim.ts'),
  'analysis-worker': from('electron/backend/analysis/analysis-worker.ts'),
  'attribute-worker': from('electron/backend/attributes/attribute-worker.ts'),
  'gdal-worker': from('electron/backend/formats/gdal-worker.ts'),
  'geometry-worker': from('electron/backend/import/geometry-worker.ts'),
  'indicator-worker': from('electron/backend/analysis/indicator-worker.ts'),
  'map-print-worker': from('electron/backend/map-print/map-print-worker.ts'),
  'map-worker': from('electron/backend/map/map-worker.ts'),
  'overlap-worker': from('electron/backend/analysis/overlap-worker.ts'),
  'pdf-worker': from('electron/backend/memo/pdf-worker.ts'),
  'sample-worker': from('electron/backend/sample/sample-worker.ts'),
  'sign-worker': from('electron/backend/sign/sign-worker.ts'),
}

/** How all that runs in Node is built into one flat folder; the tests build it into one of their own. */
export const mainInto = (folder: string) => ({
  build: {
    outDir: path.resolve(root, folder),
    rolldownOptions: { input: mainEntries, output: { chunkFileNames: '[name]-[hash].js' } },
  },
  plugins: [ownRequire()],
})

export default defineConfig({
  main: mainInto('out/main'),
  preload: {
    build: {
      outDir: from('out/preload'),
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: from('electron/shell/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  renderer: {
    root: from('renderer'),
    build: {
      outDir: from('out/renderer'),
      rolldownOptions: {
        input: from('renderer/index.html'),
        // The schema library and the line that forbids it `new Function` load together, before any chunk that makes a schema.
        output: { codeSplitting: { groups: [{ name: 'schemas', test: /node_modules[\\/]zod[\\/]|renderer[\\/]no-eval\.ts$/ }] } },
      },
      minify: true,
      sourcemap: false,
      // Read from this machine's disk, not from a network: size costs parsing, not waiting.
      chunkSizeWarningLimit: 1500,
    },
    plugins: [react(), pdfjsAssets()],
  },
})
