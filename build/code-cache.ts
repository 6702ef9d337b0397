import path from 'node:path'

/**
 * From a checkout Node strips the types of each file anew in every thread. Stripped text that is kept starts sooner; processes started from
 * here on keep it. (It was once thought to cure a crash of threads as well, and does not: docs/adr/0011-webassembly-code-is-kept.md.)
 */
export function keepStrippedCode(): void {
  process.env['NODE_COMPILE_CACHE'] ??= path.resolve(import.meta.dirname, '../node_modules/.cache/stripped-code')
}
