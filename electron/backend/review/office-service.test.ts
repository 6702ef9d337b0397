import fs from 'node:fs'
import path from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Checklist } from '#core/checklist/schema.ts'
import type { Catalogue } from '#db/catalogue.ts'
import { entryDraft, REVIEWER, samplePlan } from '#db/testing/fixtures.ts'
import { createChecklists, type Checklists } from './checklists.ts'
import { testCatalogues, type TestCatalogue } from './fixture-catalogue.ts'
import { createOfficeService, type OfficeService } from './office-service.ts'
import { createReviewService, type ReviewService } from './review-service.ts'

const ID = 'green-low-carbon'
const quiet = { progress: () => {} }
const next = testCatalogues()

let dir: string
let catalogue: Catalogue
let checklists: Checklists
let office: OfficeService
let reviews: ReviewService
let tokens: TestCatalogue['tokens']

beforeEach(() => {
  ;({ dir, catalogue, tokens } = next())
  checklists = createChecklists(path.resolve('resources'), () => catalogue.records.of('checklist', ''))
  office = createOfficeService({ catalogue, checklists, tokens, actor: () => REVIEWER })
  reviews = createReviewService(catalogue, checklists, () => REVIEWER)
})

const withItem = (
  version: string,
  change: (item: Checklist['items'][number]) => Partial<Checklist['items'][number]>,
): Checklist => {
  const base = checklists.get(ID)
  return { ...base, version, items: base.items.map((item) => (item.id === 'A04' ? { ...item, ...change(item) } : item)) }
}

describe('checklists of the office', () => {
  it('are published as new versions; open reviews stay with theirs until they are moved, and move back with undo', () => {
    const plan = samplePlan()
    catalogue.commands.addPlan(plan, [], REVIEWER)
    const { review } = reviews.open(plan.id, ID)
    reviews.setEntry({ ...entryDraft('A04', 2), reviewId: review.id })
    const versions = office.publish(withItem('1.1.0-局1', () => ({ gate: true })))
    expect(versions.map(({ version, origin, isCurrent }) => [version, origin, isCurrent])).toEqual([
      ['1.1.0-局1', 'office', true],
      ['1.1.0', 'shipped', false],
      ['1.0.0', 'shipped', false],
    ])
    const same = reviews.open(plan.id, ID)
    expect([same.review.id, same.review.checklistVersion, same.newerChecklist]).toEqual([review.id, '1.1.0', '1.1.0-局1'])
    expect(office.compare({ checklistId: ID, before: '1.1.0', after: '1.1.0-局1' })).toEqual([
      { item: 'A04', kind: 'changed', path: 'gate', before: false, after: true, affectsScore: true },
    ])
    const moved = reviews.moveToChecklist(review.id, '1.1.0-局1')
    expect(moved.newerChecklist).toBeUndefined()
    expect(moved.result.gates.map(({ item }) => item)).toContain('A04')
    expect(moved.entries).toHaveLength(1)
    catalogue.commands.undo(REVIEWER)
    expect(reviews.view(review.id).review.checklistVersion).toBe('1.1.0')
    catalogue.commands.undo(REVIEWER)
    expect(checklists.get(ID).version).toBe('1.1.0')
    expect(() => reviews.moveToChecklist(review.id, '9')).toThrow('checklist.unknown')
  })

  it('are refused when they are wrong, do not hold their own cases, or take a version that exists', () => {
    const draft = withItem('2', (item) => ({ weight: item.weight + 1 }))
    expect(office.check(draft)).toMatchObject({ problem: { path: 'items[].weight' }, failedTests: [] })
    expect(() => office.publish(draft)).toThrow('checklist.invalid')
    const untrue = withItem('2', () => ({ tests: [{ value: 1000, level: 0 }] }))
    expect(office.check(untrue).failedTests).toHaveLength(1)
    expect(() => office.publish(untrue)).toThrow('checklist.tests-failed')
    expect(() => office.publish(withItem('1.0.0', () => ({})))).toThrow('checklist.version-taken')
    expect(office.check(withItem('2', () => ({})))).toEqual({ problem: null, failedTests: [] })
    expect(office.publish(withItem('2', () => ({})))[0]).toMatchObject({ version: '2', isCurrent: true })
    expect(() => office.publish(withItem('2', () => ({})))).toThrow('checklist.version-taken')
  })

  it('leave as a file and come back from it; a broken file says where', async () => {
    office.publish(withItem('2', () => ({ tests: [{ value: null, level: null }] })))
    const target = path.join(dir, '清单.json')
    await office.export({ checklistId: ID, version: '2', target: tokens.registerSave(target) }, quiet as never)
    const file = (name: string, text: string) => {
      fs.writeFileSync(path.join(dir, name), text)
      return tokens.registerFiles([path.join(dir, name)])
    }
    expect(office.read(tokens.registerFiles([target]))).toEqual(checklists.version(ID, '2'))
    expect(() => office.read(file('a.json', '{"greenprint": '))).toThrow('checklist.invalid')
    expect(() => office.read(file('b.json', '{"greenprint": "checklist/2"}'))).toThrow('checklist.invalid')
    expect(() => office.read(tokens.registerFiles([dir]))).toThrow('import.files-gone')
    expect(catalogue.audit.list(null)[0]?.action).toBe('checklist.exported')
  })
})

it('frequent remarks are kept, changed and removed, and undo brings them back', () => {
  const draft = {
    templateId: null,
    title: '入口',
    item: 'A03',
    reviewPoint: null,
    severity: 'should',
    text: '补入口',
    action: '',
  } as const
  const [one] = office.putTemplate(draft)
  office.putTemplate({ ...draft, templateId: one?.id ?? null, text: '补两处入口' })
  expect(office.templates().map(({ text }) => text)).toEqual(['补两处入口'])
  office.removeTemplate(one?.id as never)
  expect(office.templates()).toEqual([])
  catalogue.commands.undo(REVIEWER)
  expect(office.templates()).toHaveLength(1)
})
