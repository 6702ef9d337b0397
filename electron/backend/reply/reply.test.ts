import fs from 'node:fs'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { ReplyView } from '#core/contract/reply-procedures.ts'
import type { FindingId } from '#core/model/ids.ts'
import { formDataOf } from '#core/reply/form.ts'
import { REPLY_COLUMNS } from '#core/reply/sheet.ts'
import type { Actor } from '#db/actor.ts'
import { findingDraft, removeTempDirs } from '#db/testing/fixtures.ts'
import { createFileTokens } from '../file-tokens.ts'
import { fillOffice, office, quiet } from '../share/testing.ts'
import { createReplyService } from './reply-service.ts'
import { archiveOf } from './reply-xlsx.ts'
import { partsOfZip } from './testing.ts'

const LEAD: Actor = { name: '林青', office: '总体规划科' }
const SEAL = 'd'.repeat(64)
let hidden = false

const lead = office(LEAD)
const { review, plan } = fillOffice(lead, LEAD, 4)
const { catalogue, dir, packages } = lead
const tokens = createFileTokens(path.join(dir, 'reply-files'))
let seal = SEAL
const replies = createReplyService({
  catalogue,
  packages,
  tokens,
  actor: () => LEAD,
  isVisible: () => !hidden,
  sealOf: async () => seal,
})
afterAll(async () => {
  await lead.close()
  removeTempDirs()
})

const at = (name: string): string => path.join(dir, name)
const findings = () => catalogue.findings.ofReview(review.id)
const make = async (name: string, format: 'xlsx' | 'html' | 'greenprint-reply') => {
  const target = tokens.registerSave(at(name))
  return replies.make({ reviewId: review.id, findingIds: null, format, lang: 'zh', target }, quiet)
}
const chosen = (name: string) => tokens.registerFiles([at(name)])
const lookAll = async (name: string) => (await replies.look({ files: chosen(name) }, quiet))[0]
const look = async (name: string): Promise<NonNullable<ReplyView['here']> & { by: string; on: string | null }> => {
  const found = await lookAll(name)
  if (found?.view?.here === undefined) throw new Error(`not read: ${JSON.stringify(found?.problem)}`)
  return { ...found.view.here, by: found.view.by, on: found.view.on }
}
const problem = async (name: string) => (await lookAll(name))?.problem?.code
const states = async (name: string) => (await look(name)).rows.map(({ name: number, state }) => `${number} ${state}`)
const bring = (name: string, keys: string[] | null = null) => replies.bring({ files: chosen(name), keys }, quiet)
const thread = (id: string) => catalogue.records.of('remark', id as FindingId)

const ANSWER = REPLY_COLUMNS.findIndex(({ id }) => id === 'answer')
const SAYS = REPLY_COLUMNS.findIndex(({ id }) => id === 'says')

/** The table that left, as rows of cells: what a spreadsheet shows. */
async function tableOf(name: string): Promise<string[][]> {
  await make(`${name}.xlsx`, 'xlsx')
  const xml = await sheetOf(`${name}.xlsx`)
  return [...xml.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) =>
    [...row.matchAll(/<c [^>]*?(?:\/>|>.*?<\/c>)/gs)].map(([cell]) =>
      (/<t[^>]*>(.*)<\/t>/s.exec(cell)?.[1] ?? '')
        .replaceAll('&lt;', '<')
        .replaceAll('&gt;', '>')
        .replaceAll('&quot;', '"')
        .replaceAll('&amp;', '&'),
    ),
  )
}
async function sheetOf(name: string): Promise<string> {
  return (await partsOfZip(at(name))).get('xl/worksheets/sheet1.xml') ?? ''
}
const csv = (rows: readonly (readonly string[])[], separator = ','): string =>
  rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(separator)).join('\r\n')
/** Text as Chinese Windows saves it. */
function gbkOf(text: string): Buffer {
  const codes = new Map<string, number>()
  const decoder = new TextDecoder('gbk')
  for (let high = 0x81; high < 0xff; high += 1)
    for (let low = 0x40; low < 0xff; low += 1) codes.set(decoder.decode(Uint8Array.of(high, low)), (high << 8) | low)
  return Buffer.from(
    Array.from(text).flatMap((one) => {
      const code = one.charCodeAt(0) < 0x80 ? one.charCodeAt(0) : (codes.get(one) ?? 0x3f)
      return code > 0xff ? [code >> 8, code & 0xff] : [code]
    }),
  )
}
/** The table filled in, changed as a person changes tables, and saved as text. */
async function filled(name: string, change: (rows: string[][]) => string[][] = (rows) => rows): Promise<string> {
  const rows = await tableOf(name)
  for (const row of rows.slice(5)) {
    row[ANSWER] = `已修改 ${row[0]}，见第四章`
    row[SAYS] = '采纳'
  }
  const field = rows[3]
  if (field) field.splice(3, 4, '答复单位', '青岚市规划设计院', '答复日期', '2026/3/9')
  fs.writeFileSync(at(`${name}.csv`), csv(change(rows)))
  return `${name}.csv`
}

describe('questions that leave for the applicant', () => {
  it('are the same bytes again, in every form, and are in the audit log', async () => {
    for (const format of ['xlsx', 'html', 'greenprint-reply'] as const) {
      const [one, two] = [await make(`a.${format}`, format), await make(`b.${format}`, format)]
      expect(one).toMatchObject({ questions: 4, sha256: two.sha256 })
    }
    expect(catalogue.audit.list(null).map(({ action }) => action)).toContain('reply.made')
  })

  it('are locked but for the answers; what begins like a formula is text', async () => {
    const id = catalogue.commands.addFinding(review.id, findingDraft('=HYPERLINK("http://x")'), LEAD).value.id
    await make('locked.xlsx', 'xlsx')
    const xml = await sheetOf('locked.xlsx')
    expect(xml).toContain('<sheetProtection sheet="1"')
    expect(xml).toContain('sqref="G6:G10"')
    expect(xml).not.toContain('<f>')
    expect(xml).toMatch(/t="inlineStr"><is><t xml:space="preserve">=HYPERLINK\(&quot;http:\/\/x&quot;\)/)
    catalogue.commands.withdrawFindings([id], LEAD)
  })

  it('leave as a page whose policy lets nothing in, and that holds words of people as data only', async () => {
    const id = catalogue.commands.addFinding(review.id, findingDraft('</script><script>alert(1)</script>"&<img src=x>'), LEAD)
      .value.id
    await make('form.html', 'html')
    const page = fs.readFileSync(at('form.html'), 'utf8')
    expect(page).toMatch(
      /default-src 'none'; style-src 'sha256-[^']+'; script-src 'sha256-[^']+'; base-uri 'none'; form-action 'none'/,
    )
    expect(page).not.toMatch(/<script>alert|<img|https?:/)
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(JSON.parse(formDataOf(page) ?? '')).toMatchObject({ pack: { review: review.id, questions: { length: 5 } } })
    catalogue.commands.withdrawFindings([id], LEAD)
  })
})

describe('answers that come back', () => {
  it('find their findings whatever a spreadsheet did: order, columns, encoding, delimiter', async () => {
    const shuffled = await filled('shuffled', (rows) => [
      ['附注：本表由我院填写'],
      ...rows.slice(0, 5).map((row) => ['', ...row]),
      ...rows
        .slice(5)
        .toReversed()
        .map((row) => ['备注', ...row]),
      ['', '合计', '4 条'],
    ])
    expect(await states(shuffled)).toEqual(['4 ready', '3 ready', '2 ready', '1 ready'])
    expect(await look(shuffled)).toMatchObject({
      by: '青岚市规划设计院',
      on: '2026-03-09',
      isOurs: true,
      isCurrent: true,
      missing: [],
    })
    const text = fs.readFileSync(at(shuffled), 'utf8')
    fs.writeFileSync(at('utf16.csv'), Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]))
    fs.writeFileSync(at('gbk.csv'), gbkOf(text))
    expect(await states('gbk.csv')).toEqual(['4 ready', '3 ready', '2 ready', '1 ready'])
    fs.writeFileSync(at('tabs.txt'), text.replaceAll('","', '"\t"'))
    expect(await states('utf16.csv')).toHaveLength(4)
    expect(await states('tabs.txt')).toHaveLength(4)
  })

  it('say what is gone, empty, changed, another memo’s, unknown or there twice', async () => {
    const name = await filled('odd', (rows) => {
      const [one, two, three, four] = rows.slice(5)
      if (!one || !two || !three || !four) throw new Error('four questions')
      two[3] = '别的问题'
      three[ANSWER] = ''
      three[SAYS] = ''
      const twice = one.with(ANSWER, '另一种说法')
      const foreign = one.map((cell) => cell.replace(/^(GP-.{36}-)\w{8}/, '$100000000'))
      const unknown = one.map((cell) =>
        cell.startsWith('GP-') ? cell.replace(/^GP-(.)/, (_, c) => `GP-${c === '0' ? '1' : '0'}`) : cell,
      )
      return [...rows.slice(0, 5), one, two, three, twice, foreign, unknown]
    })
    expect(await states(name)).toEqual(['1 twice', '2 changed', '3 empty', '1 twice', 'null foreign', 'null foreign'])
    expect((await look(name)).missing).toEqual(['4'])
    expect((await look(name)).rows[1]?.changed).toEqual(['file'])
    const odd = await filled('status', (rows) => rows.map((row, n) => (n === 5 ? row.with(SAYS, '大概改了') : row)))
    expect((await look(odd)).rows[0]).toMatchObject({ state: 'ready', says: null, oddStatus: '大概改了' })
  })

  it('are brought in as one step that undo takes back; a second time there is nothing new', async () => {
    const name = await filled('whole')
    const [first] = findings()
    const before = thread(first?.id ?? '').length
    const receipt = await bring(
      name,
      (await look(name)).rows.slice(0, 3).map(({ key }) => key),
    )
    expect(receipt).toMatchObject({ brought: 3, numbers: ['1', '2', '3'], planId: plan.id })
    expect(thread(first?.id ?? '').at(-1)).toMatchObject({
      text: '已修改 1，见第四章',
      by: '青岚市规划设计院',
      step: { from: 'open', to: 'answered' },
      reply: { file: 'whole.csv', on: '2026-03-09', says: 'adopted' },
    })
    expect(
      findings()
        .map(({ status }) => status)
        .slice(0, 4),
    ).toEqual(['answered', 'answered', 'answered', undefined])
    expect(await states(name)).toEqual(['1 already', '2 already', '3 already', '4 ready'])
    expect(catalogue.audit.list(null).map(({ action }) => action)).toEqual(
      expect.arrayContaining(['reply.brought', 'reply.opened']),
    )
    catalogue.commands.undo(LEAD)
    expect(thread(first?.id ?? '')).toHaveLength(before)
    expect(findings()[0]?.status).toBeUndefined()
    expect((await bring(name)).brought).toBe(4)
    await expect(bring(name)).rejects.toMatchObject({ code: 'reply.nothing' })
    catalogue.commands.undo(LEAD)
  })

  it('come from a Greenprint of the applicant’s, which knows neither plan nor review', async () => {
    await make('ask.greenprint-reply', 'greenprint-reply')
    const other = office({ name: '编制单位', office: '' })
    const otherTokens = createFileTokens(path.join(other.dir, 'files'))
    const theirs = createReplyService({
      catalogue: other.catalogue,
      packages: other.packages,
      tokens: otherTokens,
      actor: () => ({ name: '何工', office: '' }),
      isVisible: () => true,
      sealOf: async () => SEAL,
    })
    const files = otherTokens.registerFiles([at('ask.greenprint-reply')])
    const [asked] = await theirs.look({ files }, quiet)
    expect(asked?.view?.here).toBeUndefined()
    const questions = asked?.view?.questions?.pack.questions ?? []
    await expect(theirs.bring({ files, keys: null }, quiet)).rejects.toMatchObject({ code: 'reply.other-review' })
    const answers = {
      by: '设计院',
      on: '2026-03-20',
      answers: [{ key: questions[1]?.key ?? '', text: '不采纳，理由见附件', says: 'not' as const }],
    }
    for (const format of ['greenprint-reply', 'html', 'xlsx'] as const) {
      await theirs.answer({ files, answers, format, target: otherTokens.registerSave(at(`answered.${format}`)) }, quiet)
      expect(await states(`answered.${format}`)).toEqual(['1 empty', '2 ready', '3 empty', '4 empty'])
    }
    const stranger = { ...answers, answers: [{ key: `GP-${review.id}-${'0'.repeat(16)}`, text: 'x', says: null }] }
    await expect(theirs.answer({ files, answers: stranger, format: 'html', target: null }, quiet)).rejects.toMatchObject({
      code: 'reply.changed',
    })
    await other.close()
  })

  it('are held against what the review is now: edited, verified, hidden, another seal', async () => {
    const name = await filled('later')
    const [one, two] = findings()
    if (!one || !two) throw new Error('no findings')
    catalogue.commands.updateFinding(one.id, findingDraft('换了说法'), LEAD)
    catalogue.commands.withdrawFindings([two.id], LEAD)
    expect(await states(name)).toEqual(['1 changed', '2 locked', '3 ready', '4 ready'])
    expect((await look(name)).rows[0]?.changed).toEqual(['here'])
    seal = 'e'.repeat(64)
    expect(await look(name)).toMatchObject({ isCurrent: false, isOurs: true })
    seal = SEAL
    catalogue.commands.undo(LEAD)
    catalogue.commands.undo(LEAD)
    hidden = true
    expect((await lookAll(name))?.view?.here).toBeUndefined()
    hidden = false
  })
})

describe('files that are not what they should be', () => {
  it('are refused by type, and nothing is stored', { timeout: 60_000 }, async () => {
    const head = catalogue.audit.head().seq
    const put = (name: string, bytes: Buffer | string): string => (fs.writeFileSync(at(name), bytes), name)
    expect(await problem(put('letter.csv', '编号,答复\n1,好'))).toBe('reply.not-a-reply')
    expect(await problem(put('page.html', '<!doctype html><p>答复</p>'))).toBe('reply.not-a-reply')
    expect(await problem(put('old.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex')))).toBe('reply.refused')
    expect(await problem(put('empty.xlsx', ''))).toBe('reply.not-a-reply')
    expect(await problem(put('large.csv', Buffer.alloc(33 * 2 ** 20, 0x20)))).toBe('reply.refused')
    fs.writeFileSync(at('zip.xlsx'), await archiveOf([['readme.txt', 'x']]))
    expect(await problem('zip.xlsx')).toBe('reply.not-a-reply')
    const bomb = `<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]><workbook><sheets><sheet name="&x;"/></sheets></workbook>`
    fs.writeFileSync(
      at('entity.xlsx'),
      await archiveOf([
        ['xl/workbook.xml', bomb],
        ['xl/_rels/workbook.xml.rels', '<a/>'],
      ]),
    )
    expect(await problem('entity.xlsx')).toBe('reply.refused')
    const noColumn = await filled('nocolumn', (rows) =>
      rows.map((row) => row.map((cell) => (cell === '编制单位答复' ? '意见' : cell))),
    )
    expect(await problem(noColumn)).toBe('reply.no-answers')
    const later = await filled('newer', (rows) => rows.map((row) => row.map((cell) => cell.replace('REPLY/1', 'REPLY/2'))))
    expect(await problem(later)).toBe('reply.newer')
    const noMark = await filled('nomark', (rows) => rows.filter((_, n) => n !== 2))
    expect(await problem(noMark)).toBe('reply.not-a-reply')
    await make('question.html', 'html')
    const page = fs.readFileSync(at('question.html'), 'utf8')
    expect(await problem(put('asked.html', page.replaceAll('处绿地被道路切断', '处绿地很好')))).toBe('reply.changed')
    const deep = page.replace(/(id="greenprint-reply">)[^<]*/, (_, tag: string) => `${tag}${'['.repeat(5000)}`)
    expect(await problem(put('deep.html', deep))).toBe('reply.refused')
    expect(await problem(put('twodata.html', `${page}<script type="application/json" id="greenprint-reply">{}</script>`))).toBe(
      'reply.not-a-reply',
    )
    expect(catalogue.audit.list(null).filter(({ action }) => action === 'reply.brought')).toHaveLength(2)
    expect(catalogue.audit.head().seq).toBeGreaterThanOrEqual(head)
  })

  it(
    'of 200 damaged copies none brings another’s words: refused, or the same, or named as no longer fitting',
    { timeout: 120_000 },
    async () => {
      let seed = Number(process.env['GREENPRINT_SEED'] ?? 20_261_123)
      const next = (below: number): number => {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0
        return Math.floor((seed / 2 ** 32) * below)
      }
      await filled('seed')
      await make('seed.xlsx', 'xlsx')
      await make('seed.html', 'html')
      await make('seed.greenprint-reply', 'greenprint-reply')
      const sources = ['seed.csv', 'seed.xlsx', 'seed.html', 'seed.greenprint-reply'].map((name) => fs.readFileSync(at(name)))
      const known = new Set<string | null>([null, ...findings().map(({ id }) => id)])
      const tally = { refused: 0, read: 0 }
      for (let n = 0; n < 200; n += 1) {
        const bytes = Buffer.from(sources[n % 4] ?? '')
        const [from, length] = [next(bytes.length), 1 + next(40)]
        const how = Math.floor(n / 4) % 4
        const copy =
          how === 0
            ? bytes.subarray(0, from)
            : how === 1
              ? bytes.fill(bytes.readUInt8(from) ^ (1 << next(8)), from, from + 1)
              : how === 2
                ? bytes.fill(next(256), from, from + length)
                : Buffer.concat([bytes.subarray(0, from), bytes.subarray(Math.max(0, from - length))])
        fs.writeFileSync(at('mutant.bin'), copy)
        const found = await lookAll('mutant.bin')
        if (found?.problem) tally.refused += 1
        else tally.read += 1
        expect(found?.problem?.code ?? 'reply.', `mutant ${n}`).toMatch(/^reply\./)
        for (const row of found?.view?.here?.rows ?? []) {
          expect(known.has(row.findingId), `mutant ${n}`).toBe(true)
          const own = findings().find(({ number }) => String(number) === row.name)?.id
          expect(row.state !== 'ready' || row.findingId === own, `mutant ${n}`).toBe(true)
        }
      }
      expect(findings().every(({ id }) => thread(id).every(({ reply }) => reply === undefined))).toBe(true)
      console.log(`200 damaged answers: ${tally.refused} refused, ${tally.read} read and matched by their keys`)
      expect(tally.refused).toBeGreaterThan(60)
    },
  )
})
