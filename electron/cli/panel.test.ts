import { beforeAll, describe, expect, it } from 'vitest'
import type { PanelView } from '#core/contract/panel-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import { withSession, type Session } from './session.ts'
import { cliFolder, QUIET } from './testing.ts'

const { at, greenprint, measuredCity } = cliFolder('panel')
const key = { planId: '' as PlanId, checklistId: 'green-low-carbon' }

/** What the lead does on the screen, over the same contract. */
const asLead = (work: (session: Session) => Promise<unknown>) => withSession(at('cat'), QUIET, work)

const standing = (...args: string[]) => greenprint<{ panels: PanelView[] }>('panel', at('cat'), ...args)

beforeAll(async () => {
  key.planId = measuredCity('cat')
  await asLead(async (session) => {
    for (const [reviewer, level] of [
      ['周岚', 1],
      ['许诚', 4],
    ] as const) {
      const { review } = await session.call('panel.addExpert', { ...key, reviewer })
      const entry = { item: 'A04', level, notApplicable: false, reason: '现场踏勘', document: null, page: null }
      await session.call('reviews.setEntry', { ...entry, reviewId: review.id })
    }
  })
}, 120_000)

describe('greenprint panel', { timeout: 120_000 }, () => {
  it('says who takes part, what is in dispute, and how well they agree', () => {
    const { status, document, stderr } = standing(key.planId, '--json', '--lang', 'en')
    expect(status).toBe(0)
    expect(document.panels[0]).toMatchObject({ experts: [{ name: '周岚' }, { name: '许诚' }], waiting: 0 })
    expect(document.panels[0]?.disagreements[0]).toMatchObject({ item: 'A04', spread: 3, talkFirst: ['周岚', '许诚'] })
    expect(document.panels[0]?.remaining).toContain('A04')
    expect(stderr).toContain('talk first: 周岚 / 许诚')
    expect(stderr).toContain('2 experts, 0 submitted')
  })

  it('tells neither names nor levels while the round is blind', async () => {
    await asLead((session) => session.call('panel.setBlind', { ...key, isBlind: true }))
    const { status, document, stderr } = standing()
    expect(status).toBe(0)
    expect(document.panels[0]).toMatchObject({ isBlind: true, waiting: 2, disagreements: [], pairs: [] })
    expect(JSON.stringify(document) + stderr).not.toMatch(/周岚|许诚/)
    expect(stderr).toContain('还有 2 位未提交')
  })

  it('refuses a plan that is not there', () => {
    expect(standing('nowhere')).toMatchObject({ status: 3 })
  })
})
