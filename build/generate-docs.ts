import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { notices } from './notices.ts'

/** Writes the pages that are made, not written: licence notices. `npm run lint` fails when they are stale. */
const root = path.resolve(import.meta.dirname, '..')
writeFileSync(path.join(root, 'docs/third-party-notices.md'), notices(root))
