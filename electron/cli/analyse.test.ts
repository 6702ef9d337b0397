import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { RunEstimate } from '#core/contract/analysis-procedures.ts'
import type { Outcome } from '#core/model/measurement.ts'
import { cliFolder } from './testing.ts'

const { dir, greenprint, importedCity } = cliFolder('analyse')
let catalogue: string[]

beforeAll(() => {
  catalogue = ['--catalogue', path.join(dir, 'catalogue')]
  importedCity('catalogue')
}, 120_000)

describe('greenprint analyse', { timeout: 120_000 }, () => {
  it('says what a run would take, runs, and takes the result from the cache the second time', () => {
    const { document, stderr } = greenprint<{ estimate: RunEstimate }>('analyse', ...catalogue, '--estimate', '--lang', 'en')
    expect(document.estimate).toMatchObject({ fits: 'yes', cached: false, learnedFrom: 0 })
    expect(document.estimate.features).toBeGreaterThan(1000)
    expect(stderr).toMatch(/^Estimated: [\d.]+ s and \d+ MB/m)
    expect(greenprint('analyse', ...catalogue).document).not.toHaveProperty('fromCache')
    expect(greenprint('analyse', ...catalogue).document).toHaveProperty('fromCache', true)
    expect(greenprint('analyse', ...catalogue, '--estimate', '--lang', 'en').stderr).toMatch('cached')
  })

  it('tries edits out and says what they change', () => {
    interface Tried {
      ms: number
      indicators: { id: string; before: { outcome: Outcome }; after: { outcome: Outcome } }[]
    }
    const edits = path.join(dir, 'edits.json')
    // the parcel lies far from everything, in the plan's own coordinates: 20 × 20 m of new homes
    const shape = [[[530_000, 3_390_000, 530_020, 3_390_000, 530_020, 3_390_020, 530_000, 3_390_020]]]
    writeFileSync(edits, JSON.stringify([{ layer: 'landuse_plan', change: 'add', parts: shape, attributes: { class: '0701' } }]))
    const { status, document } = greenprint<Tried>('analyse', ...catalogue, '--edit', edits)
    expect(status).toBe(0)
    const builtM2 = (one: unknown) => (one as { details: { constructionM2: number } }).details.constructionM2
    const lines = document.indicators.find(({ id }) => id === 'B01')
    expect(builtM2(lines?.after) - builtM2(lines?.before)).toBeCloseTo(400, 0)
    expect(document.indicators.map(({ id }) => id)).not.toContain('N06')
    writeFileSync(edits, JSON.stringify([{ layer: 'landuse_plan', change: 'delete', fid: 999_999 }]))
    expect(greenprint('analyse', ...catalogue, '--edit', edits)).toMatchObject({
      status: 3,
      document: { error: { code: 'analysis.no-such-feature' } },
    })
  })

  it.each([
    ['no list', '{"layer":"green"}'],
    ['no such change', '[{"layer":"green","change":"paint","fid":1}]'],
    ['no JSON', 'edit'],
  ])('refuses what is no list of edits: %s', (_, content) => {
    const edits = path.join(dir, 'wrong.json')
    writeFileSync(edits, content)
    expect(greenprint('analyse', ...catalogue, '--edit', edits)).toMatchObject({ status: 2 })
    expect(greenprint('analyse', ...catalogue, '--edit', edits, '--estimate')).toMatchObject({ status: 2 })
  })
})
