import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { formatsPage } from './formats-page.ts'
import { notices } from './notices.ts'

/** Writes the pages that are made, not written: licence notices and file formats. `npm run lint` and the tests fail when they are stale. */
const root = path.resolve(import.meta.dirname, '..')
writeFileSync(path.join(root, 'docs/third-party-notices.md'), notices(root))
writeFileSync(path.join(root, 'docs/formats.md'), formatsPage())
