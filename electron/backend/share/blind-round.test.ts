import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { Actor } from '#db/actor.ts'
import { entryDraft, findingDraft, optionEdit, removeTempDirs } from '#db/testing/fixtures.ts'
import { attachmentDraft } from '#db/testing/random-history.ts'
import { createChecklists } from '../review/checklists.ts'
import { createPanelService } from '../review/panel-service.ts'
import { createReviewService } from '../review/review-service.ts'
import { fillOffice, office, partsOf, quiet, type Office } from './testing.ts'

const MINE: Actor = { name: '周岚', office: '' }
const LEAD: Actor = { name: '林青', office: '' }
const OTHER: Actor = { name: '许诚', office: '' }

interface Panel extends Office {
  panels: ReturnType<typeof createPanelService>
  /** Who sits before the screen. */
  sit: (actor: Actor) => void
}

/** An office whose panel decides what is hidden, as in the program. */
function panelOffice(): Panel {
  let me = MINE
  const seen: { isVisible?: (id: ReviewId) => boolean } = {}
  const made = office(MINE, { actor: () => me, isVisible: (id) => seen.isVisible?.(id) ?? true })
  const reviews = createReviewService(made.catalogue, createChecklists(path.resolve('resources')), () => me)
  const panels = createPanelService(made.catalogue, reviews, () => me)
  seen.isVisible = (id) => panels.isVisible(id)
  return { ...made, panels, sit: (actor) => (me = actor) }
}

let here: Panel
let key: { planId: PlanId; checklistId: string }
let mine: ReviewId
let theirs: ReviewId

beforeAll(() => {
  here = panelOffice()
  const { plan } = fillOffice(here, LEAD, 1)
  key = { planId: plan.id, checklistId: 'green-low-carbon' }
  mine = here.panels.addExpert({ ...key, reviewer: MINE.name }).review.id
  theirs = here.panels.addExpert({ ...key, reviewer: OTHER.name }).review.id
  const { commands } = here.catalogue
  commands.setEntry(mine, entryDraft('A03', 3), MINE)
  commands.setEntry(theirs, { ...entryDraft('A03', 0), reason: '许诚的理由' }, OTHER)
  const { id } = commands.addFinding(theirs, findingDraft('许诚的意见'), OTHER).value
  commands.replyToFinding(id, '许诚的答复', OTHER)
  const option = commands.addOption(theirs, '许诚的方案', null, OTHER).value
  commands.editOption(option.id, { zh: '许诚的一步', en: 'a step' }, [optionEdit(1)], OTHER)
  here.panels.setBlind({ ...key, isBlind: true })
})
afterAll(async () => {
  await here.close()
  removeTempDirs()
})

const packed = async (name: string) => {
  const file = path.join(here.dir, name)
  await here.shares.export({ planId: key.planId, withPlan: true, passphrase: null, target: here.save(file) }, quiet)
  return partsOf(file)
}

describe('a package that leaves in a blind round', () => {
  it('has nothing of another’s review: no word, no name, no id, also of what was taken back', async () => {
    const { id } = here.catalogue.commands.addFinding(theirs, findingDraft('许诚收回的意见'), OTHER).value
    here.catalogue.commands.undo(OTHER)
    const { ops, manifest } = await packed('blind.greenprint')
    const text = JSON.stringify([ops, manifest])
    expect(text).not.toContain('许诚')
    expect(text).not.toContain(theirs)
    expect(text).not.toContain(id)
    expect(text).toContain(mine)
    expect(manifest['counts']).toMatchObject({ reviews: 2, findings: 1 })
  })

  it('has all of it when it leaves from that expert’s own place, without mine', async () => {
    here.sit(OTHER)
    const text = JSON.stringify((await packed('theirs.greenprint')).ops)
    here.sit(MINE)
    expect(text).toContain('许诚的一步')
    expect(text).not.toContain(mine)
  })

  it('has everything again when the round is over', async () => {
    here.panels.submit(mine)
    here.panels.submit(theirs)
    expect(JSON.stringify((await packed('open.greenprint')).ops)).toContain('许诚的答复')
    here.panels.reopen(mine)
    here.panels.reopen(theirs)
  })
})

describe('conflicts in a blind round', () => {
  it('about another’s decision, finding, reply, attachment, option or step are not shown and cannot be settled', async () => {
    const { commands, records, findings } = here.catalogue
    const attachment = commands.addAttachment(attachmentDraft(theirs, 'd'.repeat(64)), OTHER).value
    const [finding] = findings.ofReview(theirs)
    const [option] = records.of('option', theirs)
    const [remark] = records.of('remark', finding?.id ?? '')
    const [step] = records.of('option_edit', option?.id ?? '')
    const about: [entity: string, id: string][] = [
      ['item_entry', `${theirs}/A03`],
      ['finding', finding?.id ?? ''],
      ['remark', remark?.id ?? ''],
      ['attachment', attachment.id],
      ['option', option?.id ?? ''],
      ['option_edit', step?.id ?? ''],
    ]
    const { shared } = here.catalogue
    const real = shared.conflicts
    const sides = [
      { opId: 'a', by: '许诚', office: '', at: '2026-11-22T00:00:00.000Z', value: '许诚的话' },
      { opId: 'b', by: '周岚', office: '', at: '2026-11-22T00:00:00.000Z', value: '周岚的话' },
    ]
    shared.conflicts = () =>
      about.map(([entity, entityId]) => ({ id: entity, entity: entity as never, entityId, member: '*', sides }))
    try {
      expect(here.shares.conflicts(key.planId)).toEqual([])
      expect(() => here.shares.resolve({ planId: key.planId, conflictId: 'remark', side: 'a' })).toThrow('share.no-such-conflict')
      here.panels.setBlind({ ...key, isBlind: false })
      const shown = here.shares.conflicts(key.planId)
      expect(shown.map(({ entity }) => entity)).toEqual(about.map(([entity]) => entity))
      expect(shown.map(({ name }) => name)).toEqual(['A03', '1', '1', attachment.name, 'A', 'A'])
    } finally {
      shared.conflicts = real
    }
  })
})
