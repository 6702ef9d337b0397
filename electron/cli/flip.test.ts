import { beforeAll, describe, expect, it } from 'vitest'
import type { FlipResult } from '#core/flip/result.ts'
import { cliFolder } from './testing.ts'

const { at, greenprint, sampleCity } = cliFolder('flip')
type Document = FlipResult & { planId: string }

beforeAll(() => {
  sampleCity('city')
}, 120_000)

describe('greenprint flip', { timeout: 120_000 }, () => {
  it('searches a manifest and keeps nothing: one document, and sentences for people', () => {
    const { status, document, stderr } = greenprint<Document>('flip', at('city/plan.json'), 'B01', '--lang', 'en')
    expect(status).toBe(0)
    expect(document).toMatchObject({ state: 'found', item: 'B01', from: 0, isMinimal: true })
    const changes = document.state === 'found' ? document.changes : []
    expect(changes.length).toBeGreaterThan(0)
    expect(changes.map(({ move, from }) => [move, from === null])).toEqual(changes.map(() => ['keep-base-use', false]))
    expect(stderr).toContain('A search over')
    expect(stderr).toContain('A search result, not a promise.')
    expect(stderr).toMatch(/Planned land use \d+: [\d.]+ ha, \d+ .+ → \d+ /)
  })

  it('searches a stored plan in the reader’s language, with a limit, and says why another item has no search', () => {
    const { document: stored } = greenprint<{ plan: { id: string } }>(
      'import',
      at('city/plan.json'),
      '--catalogue',
      at('catalogue'),
    )
    const { document, stderr } = greenprint<Document>('flip', at('catalogue'), 'N07', '--tries', '3', '--to', '4')
    expect(document).toMatchObject({ planId: stored.plan.id, item: 'N07', to: 4, hitBound: true, evaluations: 3 })
    expect(stderr).toContain('搜索因次数或时间用尽而停止')
    const none = greenprint<Document>('flip', at('catalogue'), 'B06', '--lang', 'en')
    expect([none.status, none.document.state]).toEqual([0, 'no-search'])
    expect(none.stderr).toContain('A reviewer judges this item from the documents')
  })

  it.each([
    ['one word too few', ['city/plan.json'], 2, 'cli.usage'],
    ['a level that is none', ['city/plan.json', 'A02', '--to', '5'], 2, 'cli.usage'],
    ['a plan that is not there', ['nothing.json', 'A02'], 3, 'import.file-missing'],
    ['an item that is none', ['catalogue', 'Z99'], 3, 'review.unknown-item'],
  ])('refuses %s', (_, args, status, code) => {
    const [where = '', ...rest] = args
    const answer = greenprint<{ error: { code: string } }>('flip', at(where), ...rest)
    expect([answer.status, answer.document.error.code]).toEqual([status, code])
  })
})
