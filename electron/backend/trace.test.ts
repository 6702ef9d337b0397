import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { SAMPLE_SHEET } from '#core/contract/sample-map-sheets.ts'
import { procedures, type AuditEntry, type Input, type Output, type ProcedureName } from '#core/contract/procedures.ts'
import { TRACES, type Trace } from '#core/contract/traces.ts'
import type { FindingId, PlanId, ReviewId } from '#core/model/ids.ts'
import { manifestSchema } from '#core/model/manifest.ts'
import { DEFAULT_CHOICE } from '#core/opportunity/choice.ts'
import { openHouse, type House } from './fixture-house.ts'
import { newKeyFile } from './fixture-key-file.ts'
import { tiffBytes } from './formats/raster/fixture-tiff.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-trace-'))
const at = (...names: string[]): string => path.join(dir, ...names)
const CHECKLIST = 'green-low-carbon'
const KEY = { checklistId: CHECKLIST }
const PASSPHRASE = 'qinglan-秘密-7319'

let lead: House
let guest: House
let lastSeq = 0
/** What was seen to leave what it must. */
const seen = new Set<ProcedureName>()
const entriesOf = (trace: Trace): readonly string[] => (typeof trace === 'string' ? [] : trace)

const chain = async ({ client }: House): Promise<{ entries: AuditEntry[]; intact: boolean }> =>
  client.call('audit.list', { before: null })

/** Does something at the lead's, and sees the chain grow by exactly the entries of its trace, or by those named. */
async function act<N extends ProcedureName>(
  name: N,
  input: Input<N>,
  leaves: readonly string[] = entriesOf(TRACES[name]),
): Promise<Output<N>> {
  const value = await lead.client.call(name, input)
  const grown = (await chain(lead)).entries.filter(({ seq }) => seq > lastSeq).toReversed()
  lastSeq = grown.at(-1)?.seq ?? lastSeq
  expect.soft({ name, left: grown.map(({ action }) => action) }).toEqual({ name, left: leaves })
  expect(grown.every(({ result, object }) => result === 'ok' && object !== '')).toBe(true)
  if (leaves.length > 0) seen.add(name)
  return value
}

const chosen = (...names: string[]) => lead.backend.tokens.registerFiles(names.map((name) => at(name)))
const saved = (name: string) => lead.backend.tokens.registerSave(at(name))

let planId: PlanId
let otherId: PlanId
let reviewId: ReviewId
let findings: FindingId[]

beforeAll(async () => {
  lead = await openHouse(at('lead'))
  guest = await openHouse(at('guest'))
  lastSeq = (await chain(lead)).entries[0]?.seq ?? 0
  await guest.client.call('settings.set', { reviewer: '周岚' })
  fs.mkdirSync(at('city'))
  fs.mkdirSync(at('in'))
  fs.mkdirSync(at('out'))
}, 60_000)
afterAll(async () => {
  for (const one of [lead, guest]) await one.close()
  fs.rmSync(dir, { recursive: true, force: true })
})

describe('the trace of every procedure', { timeout: 240_000 }, () => {
  it('has an entry wherever something is written where a person pointed', () => {
    const shapeOf = (name: ProcedureName) => Object.keys((procedures[name].input as { shape?: object }).shape ?? {})
    const writers = Object.keys(TRACES).filter((name) => shapeOf(name as ProcedureName).includes('target'))
    expect(writers.length).toBeGreaterThan(15)
    expect(writers.filter((name) => entriesOf(TRACES[name as ProcedureName]).length === 0)).toEqual([])
  })

  it('of plans: imports, measuring, settings, what lies under a plan', async () => {
    await act('settings.set', { reviewer: '林青' })
    await act('sample.write', { parcels: 1000, seed: 1, target: saved('city') })
    const manifest = manifestSchema.parse(JSON.parse(fs.readFileSync(at('city', 'plan.json'), 'utf8')))
    await act('import.inspect', { files: chosen('city') })
    await act('import.report', { files: chosen('city'), answers: null, lang: 'zh', format: 'html', target: saved('intake.html') })
    ;({ planId } = await act('import.run', { files: chosen('city'), manifest }))
    ;({ planId: otherId } = await act('sample.create', { parcels: 1000, seed: 1, revision: 1 }))
    const { planId: third } = await act('sample.create', { parcels: 1000, seed: 2 })
    await act('plans.remove', { planId: third })
    await act('analysis.run', { planId })
    await act('files.saveText', { target: saved('manifest.json'), text: '{}' })
    const [profile] = await act('profiles.save', {
      name: '青岚',
      rules: [{ pattern: '*', kind: null, role: 'green', encoding: null, fields: {}, classes: {} }],
    })
    await act('profiles.remove', { profileId: profile?.id ?? '' })
    const tiff = {
      columns: 20,
      rows: 20,
      values: new Uint8Array(1200),
      samples: 3,
      epsg: 4547,
      leftX: 503_000,
      topY: 3_376_000,
      cell: 10,
    }
    fs.writeFileSync(at('ground.tif'), tiffBytes(tiff))
    await act('basemap.choose', { files: chosen('ground.tif') })
    await act('basemap.fade', { opacity: 0.3 })
    await act('basemap.remove', {})
    expect((await chain(lead)).intact).toBe(true)
  })

  it('of a review: decisions, findings, attachments, options, undo', async () => {
    const opened = ['review.opened', 'entry.set', 'entry.set']
    const { review } = await act('reviews.open', { planId, ...KEY }, opened)
    reviewId = review.id
    await act('reviews.open', { planId, ...KEY }, [])
    const entry = { reviewId, item: 'A04', level: 2 as const, notApplicable: false, reason: '踏勘', document: null, page: null }
    await act('reviews.setEntry', entry)
    await act('reviews.clearEntry', { reviewId, item: 'A04' })
    await act('history.undo', {})
    await act('history.redo', {})
    const [said] = await act('history.ofItem', { reviewId, item: 'A04' })
    await act('history.restore', { opId: said?.opId ?? '' })
    const finding = {
      item: 'A03',
      severity: 'must' as const,
      text: '绿廊被切断',
      action: '补齐',
      evidence: [{ layer: 'green' as const, fid: 4 }],
    }
    const made: FindingId[] = []
    for (const text of ['第一处', '第二处', '第三处']) made.push((await act('findings.add', { ...finding, text, reviewId })).id)
    findings = made
    const [first, second, third] = findings as [FindingId, FindingId, FindingId]
    await act('findings.update', { ...finding, text: '改过', findingId: first })
    await act('findings.patch', { findingIds: [second], severity: 'should' })
    await act('findings.reply', { findingId: first, text: '已收到' })
    await act('findings.move', { findingIds: [second], to: 'answered', reason: '已答复' })
    await act('findings.withdraw', { findingIds: [third] })
    fs.writeFileSync(at('note.txt'), '现场')
    const place = { reviewId, item: 'A03', findingId: null, caption: '' }
    const [attached] = await act('attachments.add', { ...place, files: chosen('note.txt') })
    const attachmentId = attached?.id as NonNullable<typeof attached>['id']
    await act('attachments.save', { attachmentId, lang: 'zh', target: saved('note-out.txt') })
    await act('attachments.remove', { attachmentId })
    const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13])
    await act('attachments.addSnapshot', { ...place, png })
    const option = await act('options.add', { reviewId, name: '留绿', copyOf: null })
    const optionId = option.id
    const layer = (await act('plans.get', { planId })).layers.find(({ role }) => role === 'green')
    const edits = [{ change: 'delete' as const, layerId: layer?.id as NonNullable<typeof layer>['id'], fid: 4 }]
    await act('options.edit', { optionId, title: { zh: '删', en: 'Delete' }, edits })
    await act('options.change', { optionId, name: '保留' })
    await act('options.remove', { optionId })
    await act('options.close', { planId })
    expect((await chain(lead)).intact).toBe(true)
  })

  it('of the office: remarks, checklists, panels', async () => {
    const remark = {
      templateId: null,
      title: '廊道',
      item: null,
      reviewPoint: null,
      severity: 'must' as const,
      text: 'x',
      action: '',
    }
    const [template] = await act('templates.put', remark)
    await act('templates.remove', { templateId: template?.id as NonNullable<typeof template>['id'] })
    const checklist = await act('checklists.get', KEY)
    await act('checklists.publish', { checklist: { ...checklist, version: `${checklist.version}-局1` } })
    await act('checklists.export', { ...KEY, version: checklist.version, target: saved('list.json') })
    await act('checklists.read', { files: chosen('list.json') })
    await act('reviews.moveToChecklist', { reviewId, version: `${checklist.version}-局1` })
    const panel = { planId: otherId, ...KEY }
    await act('reviews.open', panel, ['review.opened', 'entry.set', 'entry.set'])
    const experts: ReviewId[] = []
    for (const reviewer of ['甲', '乙', '丙']) {
      const { review } = await act('panel.addExpert', { ...panel, reviewer })
      experts.push(review.id)
      const level = reviewer === '甲' ? 1 : 3
      const entry = { reviewId: review.id, notApplicable: false, reason: '判断', document: null, page: null }
      for (const item of ['A04', 'A03']) await act('reviews.setEntry', { ...entry, item, level })
    }
    const [one, two] = experts as [ReviewId, ReviewId]
    await act('panel.submit', { reviewId: one })
    await act('panel.reopen', { reviewId: one })
    await act('panel.setBlind', { ...panel, isBlind: true })
    await act('panel.setBlind', { ...panel, isBlind: false })
    await act('panel.settle', { ...panel, item: 'A04', how: 'median', reason: '中位' })
    await act('panel.settleAll', { ...panel, reason: '中位' })
    await act('panel.calibrate', { reviewId: one, referenceId: two })
    await act('panel.removeExpert', { reviewId: two })
    expect((await chain(lead)).intact).toBe(true)
  })

  it('of everything that leaves: tables, maps, memos of every kind and format, answers, signatures', async () => {
    const out = { lang: 'zh' as const }
    await act('analysis.exportTable', {
      planId,
      indicator: 'S01',
      table: 'byDistrict',
      format: 'xlsx',
      ...out,
      target: saved('s01.xlsx'),
    })
    const layers = await act('attributes.layers', { planId })
    const layerId = layers[0]?.id as NonNullable<(typeof layers)[0]>['id']
    await act('attributes.export', {
      planId,
      layerId,
      where: '',
      only: null,
      sort: [],
      ...out,
      target: saved('green.csv'),
    } as never)
    await act('overlays.compute', { planId, overlay: 'gaps' })
    await act('overlays.export', { planId, overlays: ['gaps'], format: 'gpkg', ...out, target: saved('gaps.gpkg') })
    await act('monitoring.export', { planIds: [planId], table: 'series', format: 'csv', ...out, target: saved('series.csv') })
    await act('opportunity.find', { planId, choice: DEFAULT_CHOICE })
    await act('opportunity.export', { planId, format: 'csv', ...out, target: saved('areas.csv') })
    await act('findings.export', { reviewId, findingIds: null, format: 'xlsx', ...out, target: saved('findings.xlsx') })
    const sheet = { ...SAMPLE_SHEET, planId, basemap: false }
    await act('map.print', { ...sheet, ...out, format: 'pdf', target: saved('map.pdf') })
    const png = Uint8Array.from({ length: 64 }, (_, n) => [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a][n] ?? 0)
    await act('map.savePicture', { planId, png, target: saved('map.png') })
    const file = await act('sheets.open', { files: chosen('map.pdf') })
    const by = { kind: 'file', registration: 0, crs: null } as const
    const { id: sheetId } = await act('sheets.place', { planId, sheetId: null, sha256: file.sha256, page: 1, name: '图', by })
    await act('sheets.show', { sheetId, visible: false, above: false, opacity: 1 })
    await act('sheets.remove', { sheetId })
    for (const format of ['pdf', 'docx', 'html', 'json', 'gpkg', 'greenprint'] as const) {
      // The library keeps what other offices could be sent.
      const kept = format === 'docx' || format === 'gpkg' ? [] : ['library.added']
      const left = [format === 'greenprint' ? 'package.exported' : 'memo.exported', ...kept]
      await act(
        'memo.export',
        { reviewId, ...out, format, withPlan: format === 'greenprint', target: saved(`memo.${format}`) },
        left,
      )
    }
    const key = newKeyFile(PASSPHRASE, 'P-256')
    fs.writeFileSync(at('key.p12'), key.p12)
    fs.writeFileSync(at('root.pem'), key.rootPem)
    const sign = () => ({ key: chosen('key.p12'), passphrase: PASSPHRASE, reason: '', place: '' })
    await act('memo.export', { reviewId, ...out, format: 'pdf', sign: sign(), target: saved('signed.pdf') }, [
      'memo.exported',
      'pdf.signed',
      'library.added',
    ])
    await act('sign.pdf', { files: chosen('map.pdf'), sign: sign(), target: saved('map-signed.pdf') })
    const [root] = await act('sign.addRoots', { files: chosen('root.pem') })
    await act('sign.removeRoot', { fingerprint: root?.fingerprint ?? '' })
    await act('replies.make', {
      reviewId,
      findingIds: null,
      format: 'greenprint-reply',
      ...out,
      target: saved('ask.greenprint-reply'),
    })
    const [asked] = await act('replies.look', { files: chosen('ask.greenprint-reply') })
    const keys = asked?.view?.questions?.pack.questions.map((one) => one.key) ?? []
    const answersOf = (some: string[]) => ({
      by: '编制单位',
      on: null,
      answers: some.map((one) => ({ key: one, text: '已改', says: null })),
    })
    for (const [n, some] of [keys.slice(0, 1), keys.slice(1)].entries())
      await act('replies.answer', { files: chosen('ask.greenprint-reply'), answers: answersOf(some), format: 'greenprint-reply', target: saved(`answer-${n}.greenprint-reply`) }) // prettier-ignore
    await act('replies.bring', { files: chosen('answer-0.greenprint-reply'), keys: null })
    expect((await chain(lead)).intact).toBe(true)
  })

  it('of a change of a memo’s label of secrecy: an entry of its own, under the label', async () => {
    const print = (classification: string | undefined, leaves: string[]) =>
      act('memo.export', { reviewId, lang: 'zh', format: 'docx', options: classification === undefined ? {} : { classification }, target: saved('label.docx') }, leaves) // prettier-ignore
    await print('内部', ['memo.labelled', 'memo.exported'])
    await print('内部', ['memo.exported'])
    await print('秘密★10年', ['memo.labelled', 'memo.exported'])
    await print(undefined, ['memo.labelled', 'memo.exported'])
    const labels = (await chain(lead)).entries.filter(({ action }) => action === 'memo.exported').map(({ label }) => label)
    expect(labels.slice(0, 4)).toEqual([null, '秘密★10年', '内部', '内部'])
  })

  it('of what comes in: packages, memos, rounds, the library, the inbox', async () => {
    const bring = (name: string) =>
      guest.client.call('share.merge', { files: guest.backend.tokens.registerFiles([at(name)]), passphrase: null })
    await act('share.export', { planId, withPlan: true, passphrase: null, target: saved('one.greenprint') }, [
      'package.exported',
      'library.added',
    ])
    await bring('one.greenprint')
    const entry = { reviewId, item: 'A04', notApplicable: false, reason: '核对', document: null, page: null }
    await guest.client.call('reviews.setEntry', { ...entry, level: 4 })
    await act('reviews.setEntry', { ...entry, level: 1 })
    const send = (name: string) =>
      guest.client.call('share.export', {
        planId,
        withPlan: false,
        passphrase: null,
        target: guest.backend.tokens.registerSave(at(name)),
      })
    await send('back.greenprint')
    await act('share.look', { files: chosen('back.greenprint'), passphrase: null })
    await act('share.look', { files: chosen('back.greenprint'), passphrase: null }, [])
    await act('share.merge', { files: chosen('back.greenprint'), passphrase: null })
    const [conflict] = await act('share.conflicts', { planId })
    await act('share.resolve', { planId, conflictId: conflict?.id ?? '', side: conflict?.sides[0]?.opId ?? '' })
    await guest.client.call('findings.reply', { findingId: findings[0] as FindingId, text: '再看' })
    const { planId: theirs } = await guest.client.call('sample.create', { parcels: 1000, seed: 3 })
    await guest.client.call('analysis.run', { planId: theirs })
    const { review } = await guest.client.call('reviews.open', { planId: theirs, ...KEY })
    await guest.client.call('findings.add', {
      reviewId: review.id,
      item: 'A03',
      severity: 'must',
      text: '断',
      action: '',
      evidence: [],
    })
    const print = { reviewId: review.id, lang: 'zh', format: 'pdf', withPlan: true } as const
    await guest.client.call('memo.export', { ...print, target: guest.backend.tokens.registerSave(at('theirs.pdf')) })
    await act('memo.verify', { files: chosen('theirs.pdf') })
    await send('in/late.greenprint')
    const { planId: same } = await act('sample.create', { parcels: 1000, seed: 3 })
    await act('share.asRound', { files: chosen('theirs.pdf'), passphrase: null, planId: same })
    const { memos } = await act('library.list', { query: '' })
    const memoId = memos.find(({ head }) => head.fileName === 'theirs.pdf')?.id
    await act('library.remove', { memoIds: memoId === undefined ? [] : [memoId] })
    await act('library.add', { files: chosen('theirs.pdf'), passphrase: null })
    fs.copyFileSync(at('answer-1.greenprint-reply'), at('in', 'answer.greenprint-reply'))
    await act('inbox.choose', { folder: chosen('in') })
    await act('inbox.look', {})
    const { files } = await act('inbox.look', {})
    const idOf = (kind: string) => files.find((one) => one.kind === kind)?.id ?? ''
    await act('inbox.merge', { fileIds: null, passphrase: null }, ['library.added', 'package.merged', 'package.opened'])
    await act('inbox.bringReply', { fileId: idOf('reply') })
    await act('inbox.archive', { fileIds: [idOf('package')] })
    const { outboxes } = await act('inbox.addOutbox', { name: '规划一处', folder: chosen('out') })
    const outboxId = outboxes[0]?.id ?? ''
    await act('inbox.send', { planId, withPlan: false, passphrase: null, outboxId }, ['package.exported', 'library.added'])
    await act('inbox.removeOutbox', { outboxId })
    expect((await chain(lead)).intact).toBe(true)
  })

  it('of a second round', async () => {
    await act('rounds.setEarlier', { planId: otherId, previousPlanId: planId })
    await act('rounds.start', { planId: otherId, ...KEY })
    const { carried, review } = await act('rounds.get', { planId: otherId, ...KEY })
    const findingId = carried[0]?.finding.id as FindingId
    expect(review).not.toBeNull()
    await act('rounds.explain', { findingId, reason: '新证据' })
    await act('rounds.adopt', { findingId, adoption: 'adopted', explanation: '已改' })
    await act('rounds.export', { planId: otherId, ...KEY, format: 'csv', lang: 'zh', target: saved('adoption.csv') })
    await act('backup.now', {})
  })

  it('was seen of every procedure that has one, and the chain holds', async () => {
    const all = Object.keys(TRACES).filter((name) => entriesOf(TRACES[name as ProcedureName]).length > 0)
    expect(all.filter((name) => !seen.has(name as ProcedureName))).toEqual([])
    expect((await chain(lead)).intact).toBe(true)
  })
})
