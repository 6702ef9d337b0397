import fs from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { LibraryMemoId, ReviewId } from '#core/model/ids.ts'
import { tempDir } from '#db/testing/fixtures.ts'
import { createFileTokens } from '../file-tokens.ts'
import { createChecklists } from '../review/checklists.ts'
import { fillOffice, quiet, sentPackage, type Sent } from '../share/testing.ts'
import { createLibraryService } from './library-service.ts'

const LEAD = { name: '林青', office: '总体规划科' }
const GUEST = { name: '周岚', office: '生态科' }
const TEXT = '绿地被道路切断'

let sent: Sent
beforeAll(async () => {
  sent = await sentPackage(LEAD, GUEST)
})
afterAll(() => sent.close())

function libraryOf({ catalogue, packages }: Sent['lead'], isVisible: (id: ReviewId) => boolean = () => true) {
  const dir = tempDir()
  const tokens = createFileTokens(path.join(dir, 'staged'))
  const checklists = createChecklists(
    path.resolve('resources'),
    () => [],
    () => [],
  )
  const library = createLibraryService({
    catalogue,
    packages,
    signaturesOf: () => Promise.resolve({ signatures: [], roots: 0, takenOut: 0 }),
    findChecklist: (id, version) => checklists.find(id, version),
    tokens,
    tempDir: dir,
    actor: () => GUEST,
    isVisible,
    log: {
      bug: (error) => {
        throw error
      },
    },
    changed: () => undefined,
  })
  return { library, add: (...files: string[]) => library.add({ files: tokens.registerFiles(files), passphrase: null }, quiet) }
}

describe('the library', () => {
  it('takes a folder in: every file is told, the same bytes are one entry, a damaged one has its reason', async () => {
    const { library, add } = libraryOf(sent.guest)
    const folder = tempDir()
    fs.mkdirSync(path.join(folder, '2025'))
    const bytes = fs.readFileSync(sent.file)
    fs.writeFileSync(path.join(folder, 'a.greenprint'), bytes)
    fs.writeFileSync(path.join(folder, '2025', '同一份.greenprint'), bytes)
    fs.writeFileSync(path.join(folder, '半份.greenprint'), bytes.subarray(0, bytes.length - 1000))
    fs.writeFileSync(path.join(folder, '照片.jpg'), 'nothing')
    expect(await add(folder)).toMatchObject({
      added: 1,
      already: 1,
      others: 1,
      damaged: [{ fileName: '半份.greenprint', problem: { code: 'share.truncated' } }],
    })
    expect(
      library
        .list({ query: '' })
        .memos.map(({ head }) => head.problem?.code ?? 'sound')
        .toSorted(),
    ).toEqual(['share.truncated', 'sound'])
    const [found] = library.list({ query: `${TEXT} “第 3 处”` }).memos
    expect(found?.hits[0]).toMatchObject({ place: 'finding', ref: '3' })
    const id = found?.id
    if (id === undefined) throw new Error('nothing was found')
    expect(library.get(id).reading?.findings.map(({ name }) => name)).toEqual(['1', '2', '3'])
    expect(library.remove([id])).toEqual({ removed: 1 })
    expect(fs.readFileSync(path.join(folder, 'a.greenprint')).equals(bytes)).toBe(true)
  })

  it('knows a package as exported as soon as it left; a locked one stays out', async () => {
    const lead = sent.opened(LEAD, { left: (...told) => library.packed(...told) })
    const { library, add } = libraryOf(lead)
    const { plan, review } = fillOffice(lead, LEAD, 2)
    const leave = async (name: string, passphrase: string | null) => {
      const file = path.join(lead.dir, name)
      await lead.shares.export({ planId: plan.id, withPlan: false, passphrase, target: lead.save(file) }, quiet)
      return file
    }
    await leave('锁着.greenprint', '六个 毫不相干的 词语 在此 一起')
    expect(library.list({ query: '' }).all).toBe(0)
    const file = await leave('送出.greenprint', null)
    const { memos } = library.list({ query: TEXT })
    expect(memos).toMatchObject([
      { source: 'exported', office: LEAD.office, head: { fileName: '送出.greenprint', form: 'package' } },
    ])
    expect(library.get(memos[0]?.id as LibraryMemoId).reading?.findings.map(({ name }) => name)).toEqual(['1', '2'])
    // Read again from the disk it is the same entry.
    expect(await add(file)).toMatchObject({ added: 0, already: 1 })
    expect(library.list({ query: '' }).memos).toEqual(memos.map((memo) => ({ ...memo, hits: [], hitCount: 0 })))
    expect(review.reviewer).toBe(LEAD.name)
  })

  it('hides what a blind round hides: in the list, in a search, in figures, and when asked for by name', async () => {
    const { review } = sent.filled
    await libraryOf(sent.lead).add(sent.file)
    const open = libraryOf(sent.lead).library
    const [memo] = open.list({ query: TEXT }).memos
    if (memo === undefined) throw new Error('nothing was found')
    const { library } = libraryOf(sent.lead, (id) => id !== review.id)
    expect(library.list({ query: '' })).toMatchObject({ memos: [], all: 0, facets: { item: [], year: [] } })
    expect(library.list({ query: TEXT }).found).toBe(0)
    expect(library.statistics({ query: '' })).toEqual({ memos: 0, findings: 0, items: [] })
    expect(() => library.get(memo.id)).toThrow('library.gone')
    expect(library.remove([memo.id])).toEqual({ removed: 0 })
    expect(open.list({ query: TEXT }).found).toBe(1)
  })
})
