import fs from 'node:fs'
import path from 'node:path'
import readXlsxFile from 'read-excel-file/node'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Catalogue } from '#db/catalogue.ts'
import type { FindingId, ReviewId } from '#core/model/ids.ts'
import { findingDraft, REVIEWER, withReview } from '#db/testing/fixtures.ts'
import { createChecklists } from './checklists.ts'
import { testCatalogues, type TestCatalogue } from './fixture-catalogue.ts'
import { createFindingsDesk, type FindingsDesk } from './findings-export.ts'

const quiet = { progress: () => {} }
const next = testCatalogues()

let dir: string
let catalogue: Catalogue
let desk: FindingsDesk
let tokens: TestCatalogue['tokens']
let reviewId: ReviewId

beforeEach(() => {
  ;({ dir, catalogue, tokens } = next())
  const checklists = createChecklists(path.resolve('resources'), () => catalogue.records.of('checklist', ''))
  desk = createFindingsDesk({ catalogue, checklists, tokens, actor: () => REVIEWER })
  reviewId = withReview(catalogue).review.id
})

const add = (text: string): FindingId => catalogue.commands.addFinding(reviewId, findingDraft(text), REVIEWER).value.id
const target = (name: string) => {
  const file = path.join(dir, name)
  return { file, token: tokens.registerSave(file) }
}

describe('findings as a table', () => {
  it('count what was said under each, and know the round', () => {
    const [first, second] = [add('甲'), add('乙')]
    catalogue.commands.replyToFinding(first, '已收到', REVIEWER)
    catalogue.commands.moveFindings([first], 'answered', '', REVIEWER)
    expect(desk.facts(reviewId)).toEqual({ replies: { [first]: 2 }, round: 1 })
    expect(desk.facts(reviewId).replies[second]).toBeUndefined()
  })

  it('leave as CSV in the order asked for, without a formula, and the audit log says who took them', async () => {
    const [first, second] = [add('=1+1'), add('乙')]
    const { file, token } = target('意见.csv')
    const written = await desk.export({ reviewId, findingIds: [second, first], format: 'csv', lang: 'zh', target: token }, quiet)
    const lines = fs.readFileSync(file, 'utf8').split('\r\n')
    expect(lines[0]).toContain('编号,意见,状态,类别')
    expect(lines[1]).toMatch(/^2,乙,待处理,必须修改/)
    expect(lines[2]).toMatch(/^1,'=1\+1/)
    const [entry] = catalogue.audit.list(null, 1)
    expect(entry).toMatchObject({ action: 'findings.exported', object: catalogue.reviews.get(reviewId).planId })
    expect(entry?.actor).toContain(REVIEWER.name)
    expect(written.sizeBytes).toBe(fs.statSync(file).size)
  })

  it('leave as a workbook with all of them and what they are', async () => {
    add('甲')
    const { file, token } = target('意见.xlsx')
    await desk.export({ reviewId, findingIds: null, format: 'xlsx', lang: 'en', target: token }, quiet)
    const sheets = await readXlsxFile(file)
    const rows = sheets[0]?.data
    expect(rows?.[0]?.slice(0, 4)).toEqual(['Key', 'Finding', 'Status', 'Kind'])
    expect(rows?.[1]?.slice(0, 4)).toEqual(['1', '甲', 'Open', 'Must change'])
  })

  it('refuse a finding that is not of this review', async () => {
    const { token } = target('x.csv')
    const asked = { reviewId, format: 'csv', lang: 'zh', target: token } as const
    await expect(desk.export({ ...asked, findingIds: ['other' as FindingId] }, quiet)).rejects.toMatchObject({
      code: 'catalogue.not-found',
    })
  })
})
