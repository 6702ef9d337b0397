import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { cliFolder } from './testing.ts'

const { at, greenprint, measuredCity, revisedCity } = cliFolder('round')
let [before, after] = ['', '']

beforeAll(() => {
  revisedCity('two')
  const imported = (name: string) =>
    greenprint<{ plan: { id: string } }>('import', at(name, 'plan.json'), '--catalogue', at('cat')).document.plan.id
  before = measuredCity('cat')
  after = imported('two')
  greenprint('findings', before, '--catalogue', at('cat'))
}, 120_000)

describe('greenprint round and orientation', { timeout: 120_000 }, () => {
  it('carries over, compares and writes the adoption table', () => {
    const out = at('采纳.csv')
    const { status, document } = greenprint<{ carried: unknown[]; round: { number: number; changes: unknown[] } }>(
      'round', at('cat'), '--after', after, '--before', before, '--out', out,
    ) // prettier-ignore
    expect(status).toBe(0)
    expect(document).toMatchObject({ carried: [], round: { number: 2 } })
    expect(document.round.changes.length).toBeGreaterThan(5)
    expect(existsSync(out)).toBe(true)
    expect(readFileSync(out, 'utf8')).toContain('采纳情况')
  })

  it('says on one page what a plan is and what waits', () => {
    const { status, document } = greenprint<{ round: { number: number }; needs: { kind: string }[] }>(
      'orientation', after, '--catalogue', at('cat'), '--json',
    ) // prettier-ignore
    expect(status).toBe(0)
    expect(document.round.number).toBe(2)
    expect(document.needs.map(({ kind }) => kind)).toContain('not-analysed')
  })

  it('refuses a plan that answers itself, and says how it is written', () => {
    const itself = greenprint<{ error: { code: string } }>('round', at('cat'), '--after', after, '--before', after)
    expect(itself).toMatchObject({ status: 3, document: { error: { code: 'round.same-plan' } } })
    expect(greenprint<{ error: { code: string } }>('round', at('cat'), '--after', after).status).toBe(2)
  })
})
