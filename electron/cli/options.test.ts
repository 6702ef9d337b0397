import { writeFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { OptionComparison, OptionView } from '#core/contract/option-procedures.ts'
import type { OptionEdit, PlanOption } from '#core/review/option.ts'
import { cliFolder } from './testing.ts'

const { at, greenprint, importedCity } = cliFolder('options')
const inCatalogue = ['--catalogue', at('catalogue')]
const edit = (change: object) => {
  writeFileSync(at('edits.json'), JSON.stringify(change))
  return at('edits.json')
}

beforeAll(() => {
  importedCity('catalogue')
}, 120_000)

describe('greenprint options', { timeout: 120_000 }, () => {
  it('tries edits from a file as a step of a new option, then lists and compares', () => {
    const file = edit({
      title: { zh: '前两块改为公园', en: 'Two parcels to parks' },
      edits: [1, 2].map((fid) => ({ change: 'attributes', layer: 'landuse_plan', fid, attributes: { class: '1401' } })),
    })
    const tried = greenprint<OptionView>('options', ...inCatalogue, '--apply', file, '--lang', 'en')
    expect([tried.status, tried.document.option.letter, tried.document.steps.length]).toEqual([0, 'A', 1])
    expect(tried.stderr).toContain('the submitted plan is not altered')
    const more = edit({ edits: [{ change: 'delete', layer: 'landuse_plan', fid: 3 }] })
    expect(greenprint<OptionView>('options', ...inCatalogue, '--apply', more, '--option', 'a').document.steps).toHaveLength(2)
    const { document } = greenprint<{ options: (PlanOption & { steps: OptionEdit[] })[]; comparison: OptionComparison }>(
      'options',
      ...inCatalogue,
    )
    expect(document.options.map(({ letter, steps }) => [letter, steps.length])).toEqual([['A', 2]])
    expect(document.comparison.options).toHaveLength(1)
    expect(document.comparison.items.length).toBeGreaterThan(0)
  })

  it.each([
    ['a file that is not there', 'nothing.json', [], 'import.file-missing'],
    ['an option that is not there', 'edits.json', ['--option', 'Q'], 'cli.usage'],
  ])('refuses %s', (_, file, more, code) => {
    const answer = greenprint<{ error: { code: string } }>('options', ...inCatalogue, '--apply', at(file), ...more)
    expect(answer.document.error.code).toBe(code)
  })

  it('names what is wrong in a file of edits', () => {
    const wrongLayer = edit({ edits: [{ change: 'delete', layer: 'roof', fid: 1 }] })
    expect(greenprint('options', ...inCatalogue, '--apply', wrongLayer).stderr).toContain('roof')
    const wrongEdit = edit({ edits: [{ change: 'paint', layer: 'landuse_plan', fid: 1 }] })
    expect(greenprint<{ error: { code: string } }>('options', ...inCatalogue, '--apply', wrongEdit).document.error.code).toBe(
      'cli.usage',
    )
  })
})
