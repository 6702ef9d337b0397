import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import type { PlanComparison } from '#core/plan-diff/compare-plans.ts'
import type { SampleEdit } from '#core/sample/revision.ts'
import { cliFolder } from './testing.ts'

const { at, greenprint, sampleCity, revisedCity } = cliFolder('compare')

const landUse = ({ layers }: PlanComparison) => layers.find(({ role }) => role === 'landuse_plan')
const countOf = (edits: readonly SampleEdit[], kind: SampleEdit['kind']) =>
  edits.filter((edit) => edit.layer === 'landuse_plan' && edit.kind === kind).length

beforeAll(() => {
  sampleCity('first')
  revisedCity('second')
}, 120_000)

describe('greenprint compare', { timeout: 120_000 }, () => {
  it('compares two manifests and keeps nothing', () => {
    const edits = JSON.parse(readFileSync(at('second', 'edits.json'), 'utf8')) as SampleEdit[]
    const { status, document, stderr } = greenprint<PlanComparison>(
      'compare',
      at('first/plan.json'),
      at('second/plan.json'),
      '--lang',
      'en',
    )
    expect(status).toBe(0)
    expect(landUse(document)?.totals).toMatchObject({
      recoded: { count: countOf(edits, 'recode') },
      removed: { count: countOf(edits, 'remove') },
      reshaped: { count: countOf(edits, 'split') },
      added: { count: countOf(edits, 'split') },
    })
    expect(stderr).toContain(`Planned land use: ${countOf(edits, 'recode')} re-coded`)
  })

  it('compares two stored plans, and lists no more than asked for', () => {
    const planIn = (folder: string) =>
      greenprint<{ plan: { id: string } }>('import', at(folder, 'plan.json'), '--catalogue', at('catalogue')).document.plan.id
    const [before, after] = [planIn('first'), planIn('second')]
    const { status, document } = greenprint<PlanComparison>('compare', at('catalogue'), before, after, '--limit', '1')
    expect(status).toBe(0)
    expect([document.before.id, document.after.id]).toEqual([before, after])
    const recoded = landUse(document)?.totals.recoded
    expect(recoded?.listed).toBe(1)
    expect(recoded?.count).toBeGreaterThan(1)
    const same = greenprint<PlanComparison>('compare', at('catalogue'), before, before)
    expect(same.stderr).toContain('两版相同')
  })

  it.each([
    ['one plan', ['first/plan.json'], 2, 'cli.usage'],
    ['a plan with itself', ['first/plan.json', 'first/plan.json'], 2, 'cli.usage'],
    ['a limit that is none', ['first/plan.json', 'second/plan.json', '--limit', 'all'], 2, 'cli.usage'],
    ['a plan that is not there', ['catalogue', 'nobody', 'nothing'], 3, 'cli.no-plan'],
  ])('refuses %s', (_, args, status, code) => {
    const answer = greenprint<{ error: { code: string } }>('compare', ...args)
    expect([answer.status, answer.document.error.code]).toEqual([status, code])
  })
})
