import path from 'node:path'
import { afterAll } from 'vitest'
import type { Catalogue } from '#db/catalogue.ts'
import { openForTest, removeTempDirs, tempDir } from '#db/testing/fixtures.ts'
import { createFileTokens } from '../file-tokens.ts'

/** An empty catalogue in a folder of its own, and the tokens of files chosen and saved there. */
export interface TestCatalogue {
  dir: string
  catalogue: Catalogue
  tokens: ReturnType<typeof createFileTokens>
}

/** Opens a catalogue for each test that asks, and closes and removes all of them after the file's last test. */
export function testCatalogues(): () => TestCatalogue {
  const open: Catalogue[] = []
  afterAll(async () => {
    await Promise.all(open.map((catalogue) => catalogue.close()))
    removeTempDirs()
  })
  return () => {
    const dir = tempDir()
    const catalogue = openForTest(path.join(dir, 'catalogue'))
    open.push(catalogue)
    return { dir, catalogue, tokens: createFileTokens(path.join(dir, 'staged')) }
  }
}
