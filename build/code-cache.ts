import path from 'node:path'

/**
 * From a checkout Node strips the types of each file with a WebAssembly module, in every thread anew; threads that load or end at the
 * same moment can bring V8 down there (a check that fails, SIGTRAP). Stripped text that is kept needs no WebAssembly, and starts sooner.
 * Processes started from here on keep it. The application itself is bundled and strips nothing.
 */
export function keepStrippedCode(): void {
  process.env['NODE_COMPILE_CACHE'] ??= path.resolve(import.meta.dirname, '../node_modules/.cache/stripped-code')
}
