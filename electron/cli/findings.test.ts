import { existsSync, readFileSync } from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { cliFolder } from './testing.ts'

const { at, greenprint, measuredCity } = cliFolder('findings')
let planId = ''

beforeAll(() => {
  planId = measuredCity('cat')
}, 120_000)

describe('greenprint findings', { timeout: 120_000 }, () => {
  it('lists the findings of a plan, and of its review by the review’s own id', () => {
    const listed = greenprint<{ reviewId: string; findings: unknown[]; total: number }>(
      'findings',
      planId,
      '--catalogue',
      at('cat'),
    )
    expect(listed).toMatchObject({ status: 0, document: { total: 0, findings: [] } })
    const { document } = greenprint<{ reviewId: string }>(
      'findings',
      listed.document.reviewId,
      '--json',
      '--catalogue',
      at('cat'),
    )
    expect(document.reviewId).toBe(listed.document.reviewId)
  })

  it('writes the table that the screen exports', () => {
    const out = at('意见.csv')
    expect(greenprint('findings', planId, '--catalogue', at('cat'), '--out', out).status).toBe(0)
    expect(existsSync(out)).toBe(true)
    expect(readFileSync(out, 'utf8')).toContain('编号,意见,状态')
  })

  it('says how it is written', () => {
    for (const args of [
      [planId, '--out', 'x.pdf'],
      [planId, '--out', at('x.csv'), '--json'],
      [planId, '--status', 'done'],
    ])
      expect(greenprint<{ error: { code: string } }>('findings', ...args, '--catalogue', at('cat'))).toMatchObject({
        status: 2,
        document: { error: { code: 'cli.usage' } },
      })
  })
})
