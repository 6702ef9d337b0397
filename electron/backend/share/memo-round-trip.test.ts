import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { PDFArray, PDFDict, PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { contentOf, sealedJson, sealOf, type SealedResult } from '#core/memo/seal.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import { openHouse, type House } from '../fixture-house.ts'
import { sha256 } from '../memo/verify.ts'
import { embeddedFilesOf } from './embedded-files.ts'
import { archive, partsOf } from './testing.ts'

const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-memo-round-trip-'))
const at = (name: string): string => path.join(dir, name)

const houses: House[] = []
async function house(name: string): Promise<House> {
  const made = await openHouse(at(name))
  houses.push(made)
  return made
}

let lead: House
let guest: House
let planId: PlanId
let reviewId: ReviewId

const printed = async (name: string, format: 'pdf' | 'greenprint', withPlan: boolean): Promise<Buffer> => {
  const target = lead.backend.tokens.registerSave(at(name))
  await lead.client.call('memo.export', { reviewId, lang: 'zh', format, withPlan, target })
  return fs.readFileSync(at(name))
}
const chosen = ({ backend }: House, ...names: string[]) => backend.tokens.registerFiles(names.map(at))
const merge = (of: House, ...names: string[]) => of.client.call('share.merge', { files: chosen(of, ...names), passphrase: null })
const look = async (of: House, name: string) =>
  (await of.client.call('share.look', { files: chosen(of, name), passphrase: null }))[0]
const verify = (of: House, name: string) => of.client.call('memo.verify', { files: chosen(of, name) })

beforeAll(async () => {
  lead = await house('lead')
  guest = await house('guest')
  await lead.client.call('settings.set', { reviewer: '林青' })
  ;({ planId } = await lead.client.call('sample.create', { parcels: 1000, seed: 1 }))
  await lead.client.call('analysis.run', { planId })
  const view = await lead.client.call('reviews.open', { planId, checklistId: 'green-low-carbon' })
  reviewId = view.review.id
  const mark = { kind: 'point' as const, xyM: [120, 340] }
  for (const text of ['第一处绿廊被道路切断', '第二处绿廊被仓储用地切断'])
    await lead.client.call('findings.add', {
      reviewId,
      item: 'A03',
      severity: 'must',
      text,
      action: '补齐绿廊',
      evidence: [{ layer: 'green', fid: 4 }],
      mark,
    })
  await printed('plan.pdf', 'pdf', true)
  await printed('memo.pdf', 'pdf', false)
  await printed('side.greenprint', 'greenprint', true)
}, 240_000)
afterAll(async () => {
  for (const one of houses) await one.close()
  fs.rmSync(dir, { recursive: true, force: true })
})

/** A memo with one of its embedded files put in another's place, or taken out; the rest as it was. */
async function withEmbedded(source: string, target: string, changes: Readonly<Record<string, Buffer | null>>): Promise<void> {
  const pdf = await PDFDocument.load(fs.readFileSync(at(source)), { updateMetadata: false })
  const names = pdf.catalog.lookup(PDFName.of('Names'), PDFDict).lookup(PDFName.of('EmbeddedFiles'), PDFDict)
  const pairs = names.lookup(PDFName.of('Names'), PDFArray)
  for (let index = pairs.size() - 2; index >= 0; index -= 2) {
    const specification = pairs.lookup(index + 1, PDFDict)
    const name = (specification.lookup(PDFName.of('UF')) as unknown as { decodeText(): string }).decodeText()
    const bytes = changes[name]
    if (bytes === undefined) continue
    if (bytes === null) {
      pairs.remove(index + 1)
      pairs.remove(index)
      continue
    }
    const held = specification.lookup(PDFName.of('EF'), PDFDict)
    const reference = held.get(PDFName.of('F'))
    const stream = held.lookup(PDFName.of('F'))
    if (!(reference instanceof PDFRef) || !(stream instanceof PDFRawStream)) throw new Error('no embedded stream')
    pdf.context.assign(reference, pdf.context.flateStream(bytes, { Type: 'EmbeddedFile' }))
  }
  fs.writeFileSync(at(target), await pdf.save({ useObjectStreams: false }))
}

const recordOf = async (name: string): Promise<SealedResult> =>
  JSON.parse(
    (await embeddedFilesOf(fs.readFileSync(at(name)), ['review.json'], name)).get('review.json')?.toString() ?? '',
  ) as SealedResult
const carriedOf = async (name: string): Promise<Buffer> =>
  (await embeddedFilesOf(fs.readFileSync(at(name)), ['review.greenprint'], name)).get('review.greenprint') ?? Buffer.alloc(0)

describe('a memo that carries its review', () => {
  it('is the same bytes when it is printed again, whatever happened beside the review meanwhile', async () => {
    const before = fs.readFileSync(at('memo.pdf'))
    await lead.client.call('settings.set', { areaUnit: 'ha' })
    expect((await printed('again.pdf', 'pdf', false)).equals(before)).toBe(true)
  })

  it('restores an equal review in a catalogue that knew nothing: findings with places, scores, measurements, seal', async () => {
    const receipt = await merge(guest, 'plan.pdf')
    expect(receipt).toMatchObject({ already: 0, conflicts: 0, dropped: 0 })
    await guest.client.call('analysis.run', { planId })
    const there = await lead.client.call('result.get', { reviewId })
    const here = await guest.client.call('result.get', { reviewId })
    expect(here).toEqual(there)
    expect(here.findings.map(({ mark }) => mark)).toEqual(there.findings.map(({ mark }) => mark))
    expect(here.findings).toHaveLength(there.findings.length)
    // The sidecar and the memo without the plan bring nothing more; the whole merge is one step back.
    expect(await merge(guest, 'side.greenprint', 'memo.pdf')).toMatchObject({ merged: 0, dropped: 0 })
    expect(await verify(guest, 'plan.pdf')).toMatchObject({ match: true, differences: [] })
  }, 120_000)

  it('says what is in it without the plan, and is merged only where the plan is', async () => {
    const third = await house('third')
    expect(await look(third, 'memo.pdf')).toMatchObject({
      memo: { reviewer: '林青', seal: (await recordOf('memo.pdf')).seal, findings: [{ number: 1 }, { number: 2 }] },
      content: { counts: { reviews: 1, findings: 2 }, plans: [{ hasData: false, isKnown: false }] },
    })
    await expect(merge(third, 'memo.pdf')).rejects.toMatchObject({ code: 'share.plan-data-missing' })
    expect(await third.client.call('plans.list', {})).toEqual([])
  })

  it('and packages are merged in one step, in any mixture', async () => {
    const fourth = await house('fourth')
    const receipt = await merge(fourth, 'side.greenprint', 'plan.pdf', 'memo.pdf')
    expect(receipt.parts).toHaveLength(3)
    expect(receipt).toMatchObject({ conflicts: 0, dropped: 0 })
    expect(receipt.merged).toBe(receipt.parts[0]?.in)
  })
})

describe('a memo on a plan that was imported by itself', { timeout: 240_000 }, () => {
  const asRound = (of: House, onto: PlanId, name: string) =>
    of.client.call('share.asRound', { files: chosen(of, name), passphrase: null, planId: onto })
  const fates = async (of: House, onto: PlanId) =>
    (await of.client.call('rounds.get', { planId: onto, checklistId: 'green-low-carbon' })).carried.map(({ finding }) => [
      finding.number,
      finding.carried?.class,
      finding.evidence,
    ])
  const place = [{ layer: 'green', fid: 4 }]
  let apart: House
  let same: PlanId
  let later: PlanId
  beforeAll(async () => {
    apart = await house('apart')
    ;({ planId: same } = await apart.client.call('sample.create', { parcels: 1000, seed: 1 }))
    ;({ planId: later } = await apart.client.call('sample.create', { parcels: 1000, seed: 1, revision: 1 }))
  })

  it('of the same content: its findings come as a round, each at its place, with the ids of the memo to go back to', async () => {
    expect(same).not.toBe(planId)
    const ids = (await lead.client.call('reviews.get', { reviewId })).findings.map(({ id }) => id)
    expect(await asRound(apart, same, 'memo.pdf')).toMatchObject({ how: 'compared', carried: 2, already: 0, lost: [] })
    expect(await fates(apart, same)).toEqual([
      [1, 'unchanged', place],
      [2, 'unchanged', place],
    ])
    const view = await apart.client.call('rounds.get', { planId: same, checklistId: 'green-low-carbon' })
    expect(view.carried.map(({ finding }) => finding.carried?.from)).toEqual(ids)
    expect(view.carried.map(({ earlier }) => earlier?.id)).toEqual(ids)
    expect(await asRound(apart, same, 'memo.pdf')).toMatchObject({ carried: 0, already: 2 })
  })

  it('as one step: undone whole, brought again, undone and redone, and shared as done here', async () => {
    const once = await house('once')
    const { planId: onto } = await once.client.call('sample.create', { parcels: 1000, seed: 1 })
    const steps = async () => (await once.client.call('history.get', {})).steps.length
    const [before, plans] = [await steps(), await once.client.call('plans.list', {})]
    await asRound(once, onto, 'memo.pdf')
    expect(await steps()).toBe(before + 1)
    const whole = await fates(once, onto)
    const shared = async () =>
      (await once.client.call('share.look', { files: chosen(once, 'round.greenprint'), passphrase: null }))[0]
    const target = once.backend.tokens.registerSave(at('round.greenprint'))
    await once.client.call('share.export', { planId: onto, withPlan: false, passphrase: null, target })
    expect((await shared())?.content?.counts).toMatchObject({ reviews: 2, findings: 4 })
    await once.client.call('history.undo', {})
    expect(await fates(once, onto)).toEqual([])
    expect(await once.client.call('plans.list', {})).toEqual(plans)
    await once.client.call('history.redo', {})
    expect(await fates(once, onto)).toEqual(whole)
    expect(await asRound(once, onto, 'memo.pdf')).toMatchObject({ carried: 0, already: 2 })
    expect((await once.client.call('audit.list', { before: null })).intact).toBe(true)
  })

  it('changed since: followed by geometry where the memo brings its plan, and what is gone is named', async () => {
    const done = await asRound(apart, later, 'plan.pdf')
    expect(done).toMatchObject({ how: 'compared', carried: 2 })
    const carried = await fates(apart, later)
    expect(carried.map(([number]) => number)).toEqual([1, 2])
    expect(done.lost.map(({ number }) => number)).toEqual(
      carried.filter(([, kind]) => kind === 'deleted').map(([number]) => number),
    )
    const steps = (await apart.client.call('history.get', {})).steps.map(({ title }) => title.zh)
    expect(steps[0]).toContain('由意见书带入上一轮的 2 条意见')
  })

  it('changed since, and the memo without its plan: same layers keep their places, others are named under the finding', async () => {
    const alone = await house('alone')
    const { planId: onto } = await alone.client.call('sample.create', { parcels: 1000, seed: 1, revision: 1 })
    const before = await lead.client.call('plans.get', { planId })
    const after = await alone.client.call('plans.get', { planId: onto })
    const hashOf = (of: typeof before) => of.layers.find(({ role }) => role === 'green')?.sha256
    expect(hashOf(before)).not.toBe(hashOf(after))
    const done = await asRound(alone, onto, 'memo.pdf')
    expect(done).toMatchObject({ how: 'by-layer', carried: 2, already: 0 })
    expect(done.lost.map(({ number, places }) => [number, ...places])).toEqual([1, 2].map((number) => [number, 'green #4']))
    expect(await fates(alone, onto)).toEqual([1, 2].map((number) => [number, 'edited', []]))
    const [first] = (await alone.client.call('rounds.get', { planId: onto, checklistId: 'green-low-carbon' })).carried
    const thread = await alone.client.call('findings.thread', { findingId: first?.finding.id as never })
    expect(thread.map(({ text }) => text)).toEqual([expect.stringContaining('未能找到，请重新指明：')])
    expect(first?.finding.mark?.kind).toBe('point')
    expect(await asRound(alone, onto, 'memo.pdf')).toMatchObject({ carried: 0, already: 2 })
    await alone.client.call('history.undo', {})
    expect((await alone.client.call('rounds.get', { planId: onto, checklistId: 'green-low-carbon' })).carried).toEqual([])
  })

  it('is refused for its own plan', async () => {
    await expect(asRound(lead, planId, 'memo.pdf')).rejects.toMatchObject({ code: 'share.same-plan' })
  })
})

describe('a memo that was changed', () => {
  const refused = async (name: string) => (await look(guest, name))?.problem
  const named = async (name: string) => (await verify(guest, name)).differences.map(({ path: where }) => where)

  it('in a value of the record: the value is named, and it is not opened', async () => {
    const record = await recordOf('memo.pdf')
    const [first, ...rest] = record.findings
    if (!first) throw new Error('no finding')
    const lie = { ...record, findings: [{ ...first, text: '没有问题' }, ...rest] }
    await withEmbedded('memo.pdf', 'value.pdf', { 'review.json': Buffer.from(JSON.stringify(lie)) })
    expect(await named('value.pdf')).toContain(`findings[${first.number}].text`)
    expect(await refused('value.pdf')).toMatchObject({ code: 'share.memo-differs', params: { at: 'findings[1].text' } })
  })

  it('with the seal made anew: the review that it carries names it', async () => {
    const record = contentOf(await recordOf('memo.pdf')) as unknown as Omit<SealedResult, 'seal' | 'digests'>
    const findings = record.findings.map((one) => ({ ...one, severity: 'note' as const }))
    const lie = { ...record, findings, seal: sealOf({ ...record, findings }, sha256) }
    await withEmbedded('memo.pdf', 'sealed.pdf', { 'review.json': Buffer.from(sealedJson(lie, sha256)) })
    expect(await named('sealed.pdf')).toEqual(['review.greenprint findings.1.severity'])
    expect(await refused('sealed.pdf')).toMatchObject({ code: 'share.memo-differs', params: { at: 'findings.1.severity' } })
  })

  it('in a byte of what it carries, or in what it carries for another: named', async () => {
    const carried = await carriedOf('memo.pdf')
    const flipped = Buffer.from(carried)
    flipped.writeUInt8(flipped.readUInt8(200) ^ 1, 200)
    await withEmbedded('memo.pdf', 'byte.pdf', { 'review.greenprint': flipped })
    const [difference] = await named('byte.pdf')
    expect(difference).toMatch(/^review\.greenprint/)
    expect((await verify(guest, 'byte.pdf')).match).toBe(false)
    fs.writeFileSync(at('carried.greenprint'), carried)
    const { ops } = await partsOf(at('carried.greenprint'))
    expect(ops.length).toBeGreaterThan(5)
    await withEmbedded('memo.pdf', 'else.pdf', {
      'review.greenprint': fs.readFileSync(await archive(dir, [['x', Buffer.from('x')]])),
    })
    expect(await named('else.pdf')).toEqual(['review.greenprint'])
  })

  it('by a gateway that takes attachments out: said, not called a forgery; the sidecar restores it', async () => {
    await withEmbedded('memo.pdf', 'stripped.pdf', { 'review.greenprint': null })
    const verification = await verify(guest, 'stripped.pdf')
    expect(verification).toMatchObject({ match: true, differences: [] })
    expect(verification.notes?.some(({ en }) => en.includes('carries no review'))).toBe(true)
    expect(await refused('stripped.pdf')).toMatchObject({ code: 'share.memo-stripped' })
    await withEmbedded('memo.pdf', 'empty.pdf', { 'review.greenprint': null, 'review.json': null })
    await expect(verify(guest, 'empty.pdf')).rejects.toMatchObject({ code: 'memo.not-a-memo' })
  })
})

describe('hostile memos', () => {
  const states = async () => [await guest.client.call('plans.list', {}), fs.readdirSync(at('guest/plans'))]

  it('200 damaged in what they carry or cut short are refused, with nothing stored', { timeout: 200_000 }, async () => {
    const bytes = fs.readFileSync(at('memo.pdf'))
    const before = await states()
    const sound = (await look(guest, 'memo.pdf'))?.content
    let seed = 20_261_122
    const next = (below: number): number => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
      return Math.floor((seed / 2 ** 32) * below)
    }
    const streams = [...bytes.toString('latin1').matchAll(/\/Type \/EmbeddedFile[\s\S]*?stream\r?\n/g)].map(
      (match) => match.index + match[0].length,
    )
    expect(streams).toHaveLength(2)
    const tally = { refused: 0, same: 0 }
    for (let n = 0; n < 200; n += 1) {
      const from = streams[n % 2] ?? 0
      const end = bytes.indexOf('endstream', from)
      const place = from + next(end - from)
      const copy = Buffer.from(bytes)
      if (n % 4 === 0) copy.writeUInt8(copy.readUInt8(place) ^ (1 << next(8)), place)
      else if (n % 4 === 1) copy.fill(next(256), place, Math.min(end, place + 1 + next(32)))
      const damaged = n % 4 === 2 ? bytes.subarray(0, next(bytes.length)) : n % 4 === 3 ? spliced(bytes, place, next) : copy
      fs.writeFileSync(at('mutant.pdf'), damaged)
      const view = await look(guest, 'mutant.pdf')
      expect(view?.problem?.code ?? 'sound', `mutant ${n}`).toMatch(/^(share\.|memo\.|sound)/)
      expect({ ...(view?.content ?? sound), sha256: '' }, `mutant ${n}`).toEqual({ ...sound, sha256: '' })
      tally[view?.problem ? 'refused' : 'same'] += 1
    }
    console.log(`200 damaged memos: ${tally.refused} refused, ${tally.same} with nothing of the review changed`)
    expect(tally.refused).toBeGreaterThan(180)
    expect(await states()).toEqual(before)
  })

  it('that bite their tails, unpack without end, or are no PDF are refused by type', { timeout: 60_000 }, async () => {
    const codes: (string | undefined)[] = []
    const tried = async (name: string) => codes.push((await look(guest, name))?.problem?.code)
    const pdf = await PDFDocument.create()
    pdf.addPage()
    const kid = pdf.context.obj({}) as PDFDict
    const ref = pdf.context.register(kid)
    kid.set(PDFName.of('Kids'), pdf.context.obj([ref]))
    pdf.catalog.set(PDFName.of('Names'), pdf.context.obj({ EmbeddedFiles: ref }))
    fs.writeFileSync(at('tail.pdf'), await pdf.save())
    await tried('tail.pdf')
    await withEmbedded('memo.pdf', 'bomb.pdf', { 'review.greenprint': Buffer.alloc(200 * 2 ** 20) })
    await tried('bomb.pdf')
    await withEmbedded('memo.pdf', 'deep.pdf', { 'review.json': Buffer.from('['.repeat(2_000_000)) })
    await tried('deep.pdf')
    fs.writeFileSync(at('none.pdf'), '%PDF-1.7\nnothing')
    await tried('none.pdf')
    expect(codes).toEqual(['share.memo-stripped', 'memo.broken-record', 'memo.broken-record', 'memo.broken-record'])
  })
})

/** Bytes of elsewhere in their midst. */
function spliced(bytes: Buffer, place: number, next: (below: number) => number): Buffer {
  const from = next(bytes.length - 64)
  return Buffer.concat([bytes.subarray(0, place), bytes.subarray(from, from + 16), bytes.subarray(place)])
}
