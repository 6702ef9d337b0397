import { afterEach, describe, expect, it, vi } from 'vitest'
import { childEntryPath } from './launch-node.ts'
import { entryUrl } from './entry-url.ts'

afterEach(() => void vi.unstubAllEnvs())

describe('entryUrl', () => {
  it('finds the source beside this file when run from a checkout', () => {
    vi.stubEnv('GREENPRINT_TEST_BUNDLE', undefined)
    expect(entryUrl('analysis-worker').pathname).toMatch(/electron\/backend\/analysis\/analysis-worker\.ts$/)
  })

  it('finds the flat bundle from an entry and from a shared chunk', () => {
    expect(entryUrl('pdf-worker', 'file:///app/out/main/backend-process.js').href).toBe('file:///app/out/main/pdf-worker.js')
    expect(entryUrl('pdf-worker', 'file:///app/out/main/chunks/a1.js').href).toBe('file:///app/out/main/pdf-worker.js')
  })

  it('finds the bundle that the tests made, in a checkout only', () => {
    vi.stubEnv('GREENPRINT_TEST_BUNDLE', '/made')
    expect([entryUrl('pdf-worker').pathname, childEntryPath('import-process')]).toEqual([
      '/made/pdf-worker.js',
      '/made/import-process.js',
    ])
    expect(entryUrl('pdf-worker', 'file:///app/out/main/cli.js').pathname).toBe('/app/out/main/pdf-worker.js')
    expect(childEntryPath('import-process', 'file:///app/out/main/cli.js')).toBe('/app/out/main/import-process.js')
  })
})
