import { spawnSync } from 'node:child_process'
import path from 'node:path'
import type { Plugin } from 'vite'

const FFLATE = /[\\/]fflate[\\/]esm[\\/]index\.mjs$/

/**
 * The build gives every chunk that says `require(` a `require` of its own. A library that declares one too then makes a chunk that no engine
 * reads, and a host that ends before its first line. Its own one is renamed, and every chunk with the build's one is read once by Node.
 */
export function ownRequire(): Plugin {
  return {
    name: 'own-require',
    transform(code, id) {
      if (!FFLATE.test(id)) return null
      const renamed = code
        .replace("var require = createRequire('/')", "var requireHere = createRequire('/')")
        .replace("(_a = require('worker_threads')", "(_a = requireHere('worker_threads')")
      if (renamed.split('requireHere').length !== 3) throw new Error(`${id} changed: look at what it does with require`)
      return { code: renamed, map: null }
    },
    writeBundle({ dir }, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || !chunk.code.includes('CommonJS Shims')) continue
        const read = spawnSync(process.execPath, ['--check', path.join(dir ?? '', chunk.fileName)], { encoding: 'utf8' })
        if (read.status !== 0) throw new Error(`${chunk.fileName} is no program:\n${read.stderr}`)
      }
    },
  }
}
