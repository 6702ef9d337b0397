import { existsSync, writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { SUGGESTED_COMPARISONS } from '#core/opportunity/choice.ts'
import type { OpportunityReport } from '#core/opportunity/report.ts'
import { cliFolder } from './testing.ts'

const { at, greenprint, sampleCity, importedCity } = cliFolder('opportunity')

type Document = Omit<OpportunityReport, 'shapes'> & { planId: string; file?: { format: string; sha256: string } }

beforeAll(() => {
  sampleCity('city')
  importedCity('catalogue')
}, 120_000)

describe('greenprint opportunity', { timeout: 120_000 }, () => {
  it('scores the areas of a manifest and keeps nothing', () => {
    const { status, document, stderr } = greenprint<Document>('opportunity', at('city/plan.json'), '--lang', 'en')
    expect(status).toBe(0)
    expect(document).toMatchObject({ schema: 'opportunity-report/1', choice: { method: 'sum' } })
    expect(document).not.toHaveProperty('shapes')
    const far = document.cards.find(({ title }) => title.zh === '远郊文旅新城')
    expect(far).toMatchObject({ kind: 'submitted', verdict: 'gate' })
    expect(stderr).toContain('touches a control line')
  })

  it('takes method and weights from the options, and writes polygons', () => {
    writeFileSync(at('matrix.json'), JSON.stringify(SUGGESTED_COMPARISONS))
    const stored = ['--catalogue', at('catalogue')]
    const rule = ['--method', 'topsis', '--weights', at('matrix.json'), '--front', '2', '--change', '10']
    const { status, document } = greenprint<Document>('opportunity', ...stored, ...rule, '--out', at('cards.gpkg'))
    expect(status).toBe(0)
    expect(document.choice).toMatchObject({ method: 'topsis', weighting: { kind: 'compared' }, front: 2, weightChange: 0.1 })
    expect(document.consistencyRatio).toBeLessThan(0.1)
    expect(document.file?.format).toBe('gpkg')
    expect(existsSync(at('cards.gpkg'))).toBe(true)
    const parcels = greenprint<Document>('opportunity', ...stored, '--unit', 'parcels')
    expect(parcels.document.choice.unit).toBe('parcels')
    expect(parcels.document.method.zh).toContain('存量地块')
    const own = greenprint<Document>('opportunity', ...stored, '--weights', 'rail=3,centre=1')
    expect(own.document.criteria).toEqual(['centre', 'rail'])
    expect(own.document.weights).toEqual([0.25, 0.75])
  })

  it.each([
    ['neither a manifest nor a catalogue', []],
    ['a criterion that is none', ['city/plan.json', '--weights', 'beauty=1']],
    ['comparisons that are not there', ['city/plan.json', '--weights', 'nothing.json']],
    ['a cut beyond its scale', ['city/plan.json', '--cut', '7']],
    ['a file of another kind', ['city/plan.json', '--out', 'cards.pdf']],
  ])('refuses %s', (_, args) => {
    expect(greenprint<{ error: { code: string } }>('opportunity', ...args)).toMatchObject({
      status: 2,
      document: { error: { code: 'cli.usage' } },
    })
  })
})
