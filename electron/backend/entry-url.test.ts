import { describe, expect, it } from 'vitest'
import { entryUrl } from './entry-url.ts'

describe('entryUrl', () => {
  it('finds the source beside this file when run from a checkout', () => {
    expect(entryUrl('analysis-worker').pathname).toMatch(/electron\/backend\/analysis\/analysis-worker\.ts$/)
  })

  it('finds the flat bundle from an entry and from a shared chunk', () => {
    expect(entryUrl('pdf-worker', 'file:///app/out/main/backend-process.js').href).toBe('file:///app/out/main/pdf-worker.js')
    expect(entryUrl('pdf-worker', 'file:///app/out/main/chunks/a1.js').href).toBe('file:///app/out/main/pdf-worker.js')
  })
})
