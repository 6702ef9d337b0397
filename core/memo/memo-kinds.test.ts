import { describe, expect, it } from 'vitest'
import { composeMemo, memoChoices, zhNumeral } from './compose.ts'
import { exampleFinding, exampleInput } from './fixture.ts'
import { MEMO_SECTIONS } from './index.ts'
import { MEMO_KIND_IDS, MEMO_KINDS } from './memo-kinds.ts'
import type { MemoLang, MemoOptions } from './memo-options.ts'
import { memoText } from './memo-text.ts'
import { memoStyleOf } from './memo-style.ts'

const findings = [
  exampleFinding(3, 'A03', 'must', '公园服务半径未覆盖北部居住地块。', '请补充两处社区公园。'),
  exampleFinding(4, 'B02', 'note', '山区占比的口径请说明。', ''),
]
const input = exampleInput(undefined, { findings })
const NUMERALS = '一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六'.split(' ')
const text = (lang: MemoLang, options?: MemoOptions) => memoText(composeMemo(input, lang, options))

describe('kinds of memo', () => {
  it('name only sections that exist, and every section has a kind or can be chosen', () => {
    const known = new Set(MEMO_SECTIONS.map(({ id }) => id))
    for (const { sections } of MEMO_KINDS) for (const id of sections) expect(known).toContain(id)
    expect(memoChoices().sections.map(({ id }) => id)).toEqual([...known])
    expect(memoChoices().kinds.map(({ id }) => id)).toEqual([...MEMO_KIND_IDS])
  })

  it.each(MEMO_KIND_IDS)('%s says what it is in both languages, carries the seal, and numbers its parts in turn', (kind) => {
    for (const lang of ['zh', 'en'] as const) {
      const document = composeMemo(input, lang, { kind })
      expect(document.title).toContain(lang === 'zh' ? '青岚市' : 'Qinglan')
      expect(memoText(document)).toContain(input.result.seal)
      const headings = document.sections.flatMap(({ blocks }) =>
        blocks.flatMap((one) => (one.kind === 'heading' && one.level === 1 ? [one.text] : [])),
      )
      for (const [at, heading] of headings.entries())
        expect(heading).toContain(lang === 'zh' ? `${NUMERALS[at] ?? ''}、` : `${at + 1}. `)
      expect(new Set(document.sections.map(({ id }) => id)).size).toBe(document.sections.length)
    }
  })

  it('prints what the applicant answered, with who and when, where the finding stands', () => {
    const answer = { text: '已补充两处社区公园。', says: 'partly' as const, by: '青岚市规划设计院', on: '2026-03-20' }
    const [first] = findings
    const answered = { ...input, answers: { [first?.id ?? '']: answer } }
    const of = (lang: MemoLang, kind: 'correction' | 'special') => memoText(composeMemo(answered, lang, { kind }))
    for (const kind of ['correction', 'special'] as const) {
      expect(of('zh', kind)).toContain('部分采纳：已补充两处社区公园。（青岚市规划设计院，2026-03-20）')
      expect(of('en', kind)).toContain('Partly adopted: 已补充两处社区公园。 (青岚市规划设计院, 2026-03-20)')
      expect(memoText(composeMemo(input, 'zh', { kind }))).not.toContain('青岚市规划设计院')
    }
  })

  it('a correction letter numbers each item with what is asked and room for the answer', () => {
    const { sections } = composeMemo(input, 'zh', { kind: 'correction' })
    const table = sections.find(({ id }) => id === 'corrections')?.blocks.find((block) => block.kind === 'table')
    if (table?.kind !== 'table') throw new Error('no table')
    const rows = table.rows.map((row) => row.map(({ runs }) => runs.map((run) => run.text).join('')))
    expect(rows[0]?.[0]).toBe('3')
    expect(rows[0]?.[3]).toBe('请补充两处社区公园。')
    expect(rows.every((row) => row[4] === ' ')).toBe(true)
  })

  it('an expert opinion names meeting, experts and the chair who signs; an officer report weighs and sets conditions', () => {
    const expert = text('zh', { kind: 'expert', meetingPlace: '市规划馆三楼', experts: '王工、刘工' })
    for (const words of ['市规划馆三楼', '王工、刘工', '专家组组长（签字）', '公园服务半径未覆盖北部居住地块。'])
      expect(expert).toContain(words)
    const officer = text('en', { kind: 'officer' })
    for (const words of ['Planning balance', 'Recommendation', 'Conditions and informatives', '请补充两处社区公园。'])
      expect(officer).toContain(words)
  })

  it('a hand-over table has every item that applies, with its unit, value, level and method', () => {
    const table = composeMemo(input, 'zh', { kind: 'handover' })
      .sections.find(({ id }) => id === 'handover')
      ?.blocks.at(-1)
    if (table?.kind !== 'table') throw new Error('no table')
    expect(table.rows.length).toBe(input.result.checklist.items.filter(({ applicable }) => applicable).length)
    expect(table.rows.every((row) => row.length === table.head.length)).toBe(true)
    const words = table.rows.map((row) => row.map(({ runs }) => runs.map((run) => run.text).join('')))
    // The figure stands without its unit, which has a column of its own.
    for (const [, , unit = '', figure = ''] of words) {
      expect(figure).toMatch(/^(—|(≈ )?−?[\d,.]+)$/)
      expect(unit).not.toBe('')
    }
  })

  it('a comparison of rounds says so where there is only one', () => {
    expect(text('zh', { kind: 'rounds' })).toContain('这是第一轮审查')
    const adoption = findings.map((finding) => ({
      finding,
      answer: '已改',
      adoption: 'adopted' as const,
      isStated: true,
      explanation: '',
    }))
    const second = memoText(
      composeMemo({ ...input, round: { number: 2, adoption: adoption.slice(0, 1) } }, 'zh', { kind: 'rounds' }),
    )
    expect(second).toContain('本轮新增意见 1 条：4。')
  })
})

describe('what is chosen about a memo', () => {
  it('decides which sections it has and in what order', () => {
    const ids = composeMemo(input, 'zh', { sections: ['seal', 'findings', 'cover', 'seal'] }).sections.map(({ id }) => id)
    expect(ids).toEqual(['seal', 'findings', 'cover'])
    expect(() => composeMemo(input, 'zh', { sections: ['nonsense'] })).toThrow(
      expect.objectContaining({ code: 'memo.unknown-section' }),
    )
  })

  it('gives it a letterhead, a watermark, a style, and lines to sign or none', () => {
    const document = composeMemo(input, 'zh', {
      style: 'gbt9704',
      office: '某市规划局',
      classification: '内部',
      watermark: '草案',
    })
    expect(document).toMatchObject({
      style: 'gbt9704',
      letterhead: { office: '某市规划局', classification: '内部' },
      watermark: '草案',
    })
    expect(text('zh')).toContain('（盖章处）')
    expect(text('zh', { signing: false })).not.toContain('（盖章处）')
  })

  it('both languages stand together: each Chinese part with its English, what is the same once', () => {
    const [zh, en, both] = [composeMemo(input, 'zh'), composeMemo(input, 'en'), composeMemo(input, 'both')]
    expect(both.sections.map(({ id }) => id)).toEqual(zh.sections.map(({ id }) => id))
    // Lines, however each language points them: what says the same in both stands once.
    const pointed = (text: string) => text.replaceAll(/[\s（）()—–\-：:，,]/g, '')
    const words = pointed(memoText(both))
    const cells = [zh, en].flatMap(({ sections }) =>
      sections.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flat() : []))),
    )
    for (const { runs } of cells)
      for (const line of runs
        .map(({ text }) => text)
        .join('')
        .split('\n'))
        expect(words).toContain(pointed(line))
    expect(memoText(both)).toContain('总体评价　Overall judgement')
  })

  it('the official style numbers what stands below a part （一）（二）, each part from the beginning; the report does not', () => {
    const sections = ['scores', 'sources', 'tables', 'seal']
    const below = (lang: MemoLang, style: MemoOptions['style']) =>
      composeMemo(input, lang, { sections, ...(style && { style }) }).sections.map(({ blocks }) =>
        blocks.flatMap((one) => (one.kind === 'heading' && one.level === 2 ? [one.text] : [])),
      )
    const zh = below('zh', 'gbt9704')
    expect(zh.flat().length).toBeGreaterThan(0)
    for (const texts of zh) for (const [at, one] of texts.entries()) expect(one).toMatch(`（${NUMERALS[at]}）`)
    for (const texts of below('en', 'gbt9704')) for (const [at, one] of texts.entries()) expect(one).toMatch(`(${at + 1}) `)
    for (const one of below('both', 'gbt9704').flat()) expect(one).toMatch(/^（[一二三]）(intensity|[^(]+　[A-Z][^(]*)$/)
    for (const one of [...below('zh', 'technical'), ...below('zh', undefined)].flat()) expect(one).not.toMatch(/^（/)
    expect([1, 10, 11, 20, 21, 99].map(zhNumeral)).toEqual(['一', '十', '十一', '二十', '二十一', '九十九'])
  })

  it('the official style is that of GB/T 9704: its page, margins and grid', () => {
    const { page, marginsMm, linesPerPage, charactersPerLine, sizesPt } = memoStyleOf('gbt9704')
    expect([page.widthMm - marginsMm.left - marginsMm.right, page.heightMm - marginsMm.top - marginsMm.bottom]).toEqual([
      156, 225,
    ])
    expect([linesPerPage, charactersPerLine]).toEqual([22, 28])
    // 28 characters of the body fill the line, 29 do not fit.
    const widthPt = (156 * 72) / 25.4
    expect(Math.floor(widthPt / sizesPt.body)).toBe(28)
  })
})
