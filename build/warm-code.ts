import { readFileSync } from 'node:fs'
import path from 'node:path'

/* Strips, in one thread, what worker threads will load from sources: see code-cache.ts, which says where it is kept. */
const backend = path.resolve(import.meta.dirname, '../electron/backend')
const entries = readFileSync(path.join(backend, 'entry-url.ts'), 'utf8').matchAll(/'(\.\/[\w/-]+-worker\.ts)'/g)
for (const [, entry = ''] of entries) {
  // an entry acts as soon as it is loaded, what it imports does not
  const source = readFileSync(path.join(backend, entry), 'utf8')
  for (const [, specifier = ''] of source.matchAll(/^import (?!type).* from '([#.][^']+\.ts)'$/gm))
    await import(specifier.startsWith('.') ? path.join(backend, path.dirname(entry), specifier) : specifier)
}
