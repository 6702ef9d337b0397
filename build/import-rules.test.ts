import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'

const root = path.resolve(import.meta.dirname, '..')
const bin = path.join(root, 'node_modules/.bin')

/** Files written for one test, removed after it. The prefix keeps them out of git's and everyone's way. */
const planted: string[] = []
function plant(folder: string, source: string): string {
  const dir = path.join(root, folder, '.import-rule-probe')
  mkdirSync(dir, { recursive: true })
  const file = path.join(dir, 'probe.ts')
  writeFileSync(file, source)
  planted.push(dir)
  return file
}
afterEach(() => {
  for (const dir of planted.splice(0)) rmSync(dir, { recursive: true, force: true })
})

const lint = (file: string) => spawnSync(path.join(bin, 'oxlint'), [path.relative(root, file)], { cwd: root, encoding: 'utf8' })

describe('import rules', () => {
  const forbidden: [string, string][] = [
    ['core', `import fs from 'node:fs'\nexport const x = fs`],
    ['core', `import { openCatalogue } from '#db/catalogue.ts'\nexport const x = openCatalogue`],
    ['core', `import * as electron from 'electron'\nexport const x = electron`],
    ['core', `import { Map } from 'ol'\nexport const x = Map`],
    ['db', `import { createBackend } from '#backend/backend.ts'\nexport const x = createBackend`],
    ['electron/backend', `import * as electron from 'electron'\nexport const x = electron`],
    ['electron/web', `import { openCatalogue } from '#db/catalogue.ts'\nexport const x = openCatalogue`],
    ['electron/cli', `import { formats } from '#backend/formats/index.ts'\nexport const x = formats`],
    ['electron/shell', `import { openCatalogue } from '#db/catalogue.ts'\nexport const x = openCatalogue`],
    ['renderer', `import Database from 'better-sqlite3'\nexport const x = Database`],
    ['renderer', `import { openCatalogue } from '#db/catalogue.ts'\nexport const x = openCatalogue`],
    ['renderer', `import { x as y } from '../../core/errors.ts'\nexport const x = y`],
  ]
  it.each(forbidden)('refuses from %s: %s', (folder, source) => {
    const result = lint(plant(folder, source))
    expect(result.status).not.toBe(0)
    expect(result.stdout).toMatch(/no-restricted-imports/)
  })

  it('allows what the table allows', () => {
    expect(lint(plant('db', `import { AppError } from '#core/errors.ts'\nexport const x = AppError`)).stdout).not.toMatch(
      /no-restricted-imports/,
    )
  })
})

describe('tsconfig of a room', () => {
  it('refuses document, process and node: in core', () => {
    const dir = path.join(root, 'core/.import-rule-probe')
    mkdirSync(dir, { recursive: true })
    planted.push(dir)
    writeFileSync(path.join(dir, 'probe.ts'), `export const x = [document.title, process.pid]\n`)
    writeFileSync(path.join(dir, 'tsconfig.json'), JSON.stringify({ extends: '../tsconfig.json', include: ['probe.ts'] }))
    const result = spawnSync(path.join(bin, 'tsc'), ['-p', dir], { cwd: root, encoding: 'utf8' })
    expect(result.stdout).toMatch(/Cannot find name 'document'/)
    expect(result.stdout).toMatch(/Cannot find name 'process'/)
  })
})
