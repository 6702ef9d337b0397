import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Plugin } from 'vite'

const root = path.resolve(import.meta.dirname, '../node_modules/pdfjs-dist')

/** Folder of the renderer's output → folder of the package, and which of its files. */
const FOLDERS: readonly [to: string, from: string, wanted: RegExp][] = [
  ['pdfjs/cmaps', 'cmaps', /\.bcmap$/],
  ['pdfjs/fonts', 'standard_fonts', /\.(pfb|ttf)$|^LICENSE_/],
  // The page's policy forbids WebAssembly: these are the same decoders (CCITT, JBIG2, JPEG 2000) as scripts.
  ['pdfjs/decoders', 'wasm', /_nowasm_fallback\.js$|^LICENSE_(PDFJS_)?(JBIG2|OPENJPEG)$/],
]
const WORKER: readonly [to: string, from: string] = ['pdfjs/pdf-worker.js', 'legacy/build/pdf.worker.min.mjs']

/** What pdf.js fetches while it draws, under the names that it asks for: so that a PDF is drawn without a network. */
function files(): Map<string, string> {
  const found = new Map<string, string>([[WORKER[0], path.join(root, WORKER[1])]])
  for (const [to, from, wanted] of FOLDERS)
    for (const name of readdirSync(path.join(root, from)))
      if (wanted.test(name)) found.set(`${to}/${name}`, path.join(root, from, name))
  return found
}

/** Lays those files beside the screen's own, and serves them while it is developed. */
export const pdfjsAssets = (): Plugin => ({
  name: 'greenprint-pdfjs-assets',
  generateBundle() {
    for (const [fileName, file] of files()) this.emitFile({ type: 'asset', fileName, source: readFileSync(file) })
  },
  configureServer(server) {
    const known = files()
    server.middlewares.use((request, response, next) => {
      const file = known.get((request.url ?? '').split('?')[0]?.slice(1) ?? '')
      if (file === undefined) return next()
      if (file.endsWith('js')) response.setHeader('Content-Type', 'text/javascript')
      response.end(readFileSync(file))
    })
  },
})
