import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InboxView } from '#core/contract/inbox-procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import { tempDir } from '#db/testing/fixtures.ts'
import { createFileTokens } from '../file-tokens.ts'
import type { ReplyService } from '../reply/reply-service.ts'
import { quiet, sentPackage, type Sent } from '../share/testing.ts'
import { createInboxService, type InboxService } from './inbox-service.ts'
import { lookInto } from './scan.ts'

const LEAD = { name: '林青', office: '总体规划科' }
const GUEST = { name: '周岚', office: '生态科' }

/** Nobody answers in these tests: a file that is no package is none of theirs. */
const noReplies: ReplyService = {
  look: () => Promise.resolve([{ fileName: 'x', problem: { code: 'reply.not-a-reply', params: { file: 'x' } } }]),
  make: () => Promise.reject(new Error('not asked here')),
  bring: () => Promise.reject(new Error('not asked here')),
  answer: () => Promise.reject(new Error('not asked here')),
}

let sent: Sent
const open: InboxService[] = []
beforeAll(async () => {
  sent = await sentPackage(LEAD, GUEST)
})
afterAll(async () => {
  for (const inbox of open) inbox.close()
  await sent.close()
})

/** An inbox of the guest's office, with the folder that it looks at. Looks are asked for, so that no test waits for a timer. */
function inboxOf() {
  const dir = tempDir()
  const folder = path.join(dir, '收件 夹')
  fs.mkdirSync(folder)
  const { guest } = sent
  const tokens = createFileTokens(path.join(dir, 'staged'))
  const desk = { ...guest, replies: noReplies, lookers: guest.shares, tokens, tempDir: path.join(dir, 'own'), actor: () => GUEST }
  const inbox = createInboxService({
    ...desk,
    shares: { ...guest.shares, merge: (input, call) => guest.shares.merge({ ...input, files: handed(input.files) }, call) },
    lookers: { look: (input, call) => guest.shares.look({ ...input, files: handed(input.files) }, call) },
    log: {
      bug: (error) => {
        throw error
      },
    },
    changed: () => undefined,
    everyMs: 3_600_000,
  })
  /** The guest's services know the guest's tokens. */
  function handed(token: FileToken): FileToken {
    return guest.choose(...(tokens.paths(token) ?? []))
  }
  open.push(inbox)
  inbox.choose(tokens.registerFiles([folder]))
  const looks = async (times = 2): Promise<InboxView> => {
    for (let n = 0; n < times; n += 1) await inbox.look({}, quiet)
    return inbox.get()
  }
  return {
    inbox,
    folder,
    tokens,
    looks,
    put: (name: string, bytes: Buffer | string) => fs.writeFileSync(path.join(folder, name), bytes),
  }
}

const states = (view: InboxView) => Object.fromEntries(view.files.map(({ name, state }) => [name, state]))

describe('an inbox', () => {
  it('shows a file only when it was the same at two looks, by what is in it and not by its name', async () => {
    const { put, looks } = inboxOf()
    const bytes = fs.readFileSync(sent.file)
    put('某人发来.bin', bytes.subarray(0, 4000))
    await looks(1)
    put('某人发来.bin', bytes.subarray(0, 9000))
    expect(states(await looks(1))).toEqual({ '某人发来.bin': 'waiting' })
    put('某人发来.bin', bytes)
    expect(states(await looks(1))).toEqual({ '某人发来.bin': 'waiting' })
    const view = await looks()
    expect(view).toMatchObject({
      fresh: 1,
      files: [{ state: 'new', kind: 'package', view: { content: { counts: { findings: 3 } } } }],
    })
  })

  it('says why a file that was copied in part cannot be taken, and takes it when it is whole', async () => {
    const { put, looks } = inboxOf()
    const bytes = fs.readFileSync(sent.file)
    put('半份.greenprint', bytes.subarray(0, bytes.length - 2000))
    const half = await looks()
    expect(half.files[0]).toMatchObject({ state: 'refused', problem: { code: 'share.truncated' } })
    expect(half.fresh).toBe(0)
    put('半份.greenprint', bytes)
    expect(states(await looks())).toEqual({ '半份.greenprint': 'new' })
  })

  it('merges all that is new in one step, and leaves files and everything else as it was', async () => {
    const { put, looks, inbox, folder } = inboxOf()
    const bytes = fs.readFileSync(sent.file)
    put('a.greenprint', bytes)
    put('照片.jpg', 'no review in it')
    put('坏.greenprint', 'PK\u0003\u0004 damaged')
    await looks()
    const receipt = await inbox.merge({ fileIds: null, passphrase: null }, quiet)
    expect(receipt).toMatchObject({ dropped: 0, conflicts: 0, parts: [{ fileName: 'a.greenprint' }] })
    expect(receipt.merged + receipt.already).toBe(receipt.in)
    const view = await looks()
    expect(states(view)).toEqual({ 'a.greenprint': 'taken', '坏.greenprint': 'refused' })
    expect(view).toMatchObject({ others: 1, fresh: 0 })
    expect(fs.readFileSync(path.join(folder, 'a.greenprint')).equals(bytes)).toBe(true)
    await expect(inbox.merge({ fileIds: null, passphrase: null }, quiet)).rejects.toMatchObject({ code: 'inbox.nothing' })
    // The same bytes under another name were taken already; other bytes under the same name are new.
    fs.renameSync(path.join(folder, 'a.greenprint'), path.join(folder, 'b.greenprint'))
    expect(states(await looks())['b.greenprint']).toBe('taken')
    const again = path.join(sent.lead.dir, 'again.greenprint')
    const { lead, filled } = sent
    await lead.shares.export({ planId: filled.plan.id, withPlan: false, passphrase: null, target: lead.save(again) }, quiet)
    put('b.greenprint', fs.readFileSync(again))
    expect(states(await looks())['b.greenprint']).toBe('new')
  })

  it('refuses to bring in what changed after it was looked at', async () => {
    const { put, looks, inbox, folder } = inboxOf()
    const bytes = fs.readFileSync(sent.file)
    put('c.greenprint', bytes)
    await looks()
    inbox.dismiss({ fileIds: inbox.get().files.map(({ id }) => id), dismissed: false })
    const { mtime } = fs.statSync(path.join(folder, 'c.greenprint'))
    put('c.greenprint', Buffer.from(bytes).fill(7, 200, 300))
    // Even where somebody set the time back.
    fs.utimesSync(path.join(folder, 'c.greenprint'), mtime, mtime)
    const fileIds = inbox.get().files.map(({ id }) => id)
    await expect(inbox.merge({ fileIds, passphrase: null }, quiet)).rejects.toMatchObject({
      code: expect.stringMatching(/inbox\.(changed|nothing)/) as string,
    })
  })

  it('puts aside only what is done with, over no other file', async () => {
    const { put, looks, inbox, folder } = inboxOf()
    const bytes = fs.readFileSync(sent.file)
    put('d.greenprint', bytes)
    fs.mkdirSync(path.join(folder, 'done'))
    fs.writeFileSync(path.join(folder, 'done', 'd.greenprint'), 'somebody else’s')
    await looks()
    const [file] = inbox.get().files
    const fileIds = [file?.id ?? '']
    inbox.dismiss({ fileIds, dismissed: false })
    await inbox.archive(fileIds, quiet)
    expect(fs.existsSync(path.join(folder, 'd.greenprint'))).toBe(true)
    inbox.dismiss({ fileIds, dismissed: true })
    expect(states(inbox.get())).toEqual({ 'd.greenprint': 'dismissed' })
    const view = await inbox.archive(fileIds, quiet)
    expect(view.files).toEqual([])
    expect(fs.readFileSync(path.join(folder, 'done', 'd.greenprint'), 'utf8')).toBe('somebody else’s')
    expect(fs.readFileSync(path.join(folder, 'done', 'd (2).greenprint')).equals(bytes)).toBe(true)
  })

  it('does not follow links that lead out of the folder', async () => {
    const { looks, folder } = inboxOf()
    fs.symlinkSync(sent.file, path.join(folder, '外部.greenprint'))
    fs.symlinkSync('/nowhere', path.join(folder, '断链.greenprint'))
    fs.symlinkSync(folder, path.join(folder, '自己'))
    const view = await looks()
    expect(states(view)).toEqual({ '外部.greenprint': 'outside', '断链.greenprint': 'outside', 自己: 'outside' })
    expect(view.fresh).toBe(0)
  })

  it('says that the folder is gone, and goes on when it is there again', async () => {
    const { looks, folder, put } = inboxOf()
    fs.renameSync(folder, `${folder} weg`)
    expect((await looks()).state).toBe('gone')
    fs.writeFileSync(folder, 'a file now')
    expect((await looks()).state).toBe('not-a-folder')
    fs.rmSync(folder)
    fs.renameSync(`${folder} weg`, folder)
    put('e.greenprint', fs.readFileSync(sent.file))
    expect(await looks()).toMatchObject({ state: 'ready' })
  })

  it('takes a folder with odd names and 1,000 files, and no more than it may', { timeout: 60_000 }, async () => {
    const { looks, put, folder } = inboxOf()
    for (let n = 0; n < 1000; n += 1) put(`照片 ${n}.jpg`, `not a review ${n}`)
    const odd = [
      '  .greenprint',
      'a\'b"c;rm -rf.greenprint',
      '\u202egnp.greenprint',
      '🌳\n二行.greenprint',
      `${'长'.repeat(70)}.greenprint`,
    ]
    for (const name of odd) put(name, 'PK\u0003\u0004 nothing')
    const view = await looks()
    expect(view.others).toBe(1000)
    expect(new Map(view.files.map(({ name, state }) => [name, state]))).toEqual(new Map(odd.map((name) => [name, 'refused'])))
    const few = await lookInto(folder, () => Promise.resolve(false), { names: 500, files: 100 })
    expect([few.entries.length, few.left]).toEqual([100, 905])
  })

  it('sends a package into the folder of another office as a whole, over no other file', async () => {
    const { lead, filled } = sent
    const dir = tempDir()
    const tokens = createFileTokens(path.join(dir, 'staged'))
    const shares = {
      ...lead.shares,
      export: (input: Parameters<typeof lead.shares.export>[0]) =>
        lead.shares.export({ ...input, target: lead.save(tokens.savePath(input.target as FileToken) ?? '') }, quiet),
    }
    const inbox = createInboxService({
      catalogue: lead.catalogue,
      shares,
      replies: noReplies,
      lookers: lead.shares,
      tokens,
      tempDir: path.join(dir, 'own'),
      actor: () => LEAD,
      log: {
        bug: (error) => {
          throw error
        },
      },
      changed: () => undefined,
    })
    open.push(inbox)
    const theirs = path.join(dir, '生态科 收件')
    fs.mkdirSync(theirs)
    const [box] = inbox.addOutbox({ name: '生态科', folder: tokens.registerFiles([theirs]) }).outboxes
    const ask = { planId: filled.plan.id, withPlan: false, passphrase: null, outboxId: box?.id ?? '' }
    const [first, second] = [await inbox.send(ask, quiet), await inbox.send(ask, quiet)]
    expect(fs.readdirSync(theirs).toSorted()).toEqual([first.fileName, second.fileName].toSorted())
    expect(second.fileName).toMatch(/ \(2\)\.greenprint$/)
    fs.rmSync(theirs, { recursive: true })
    await expect(inbox.send(ask, quiet)).rejects.toMatchObject({
      code: expect.stringMatching(/inbox\.cannot-write|memo\.cannot-write/) as string,
    })
    expect(inbox.get().outboxes).toMatchObject([{ name: '生态科', isThere: false }])
  })
})
