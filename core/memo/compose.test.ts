import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { composeMemo } from './compose.ts'
import type { MemoDocument } from './document.ts'
import { exampleFinding, exampleHash, exampleInput } from './fixture.ts'
import { memoText } from './memo-text.ts'

/** Long SVG text would hide the words of the memo; the map has tests of its own. */
const withoutMap = (memo: MemoDocument): string =>
  memoText({
    ...memo,
    sections: memo.sections.map((section) => ({
      ...section,
      blocks: section.blocks.map((block) => (block.kind === 'map' ? { ...block, figure: { ...block.figure, svg: '' } } : block)),
    })),
  })

describe.each(['zh', 'en'] as const)('the memo in %s', (lang) => {
  it('reads as agreed', async () => {
    await expect(withoutMap(composeMemo(exampleInput(), lang))).toMatchFileSnapshot(`./golden/memo.${lang}.txt`)
  })

  it('is the same whenever it is composed', () => {
    expect(composeMemo(exampleInput(), lang)).toEqual(composeMemo(exampleInput(), lang))
  })

  it('holds every finding, every gap and every reason of a reviewer', () => {
    const word = fc.stringMatching(/^[\u4e00-\u4fff]{2,12}$/)
    fc.assert(
      fc.property(fc.array(fc.tuple(word, word), { maxLength: 12 }), word, (texts, reason) => {
        const findings = texts.map(([text, action], index) =>
          exampleFinding(index + 1, index % 2 === 0 ? 'B03' : null, 'should', text, action),
        )
        const entry = {
          item: 'A03',
          level: 1 as const,
          notApplicable: false,
          reason,
          document: null,
          page: null,
          by: '李',
          at: '2026-03-02T00:00:00Z',
        }
        const input = exampleInput(exampleHash, { findings, entries: [entry], side: 4 })
        const text = memoText(composeMemo(input, lang))
        for (const { number, text: problem, action } of findings) {
          expect(text).toContain(problem)
          expect(text).toContain(action)
          expect(text).toMatch(new RegExp(`\\n${number} \\| `))
        }
        expect(text).toContain(reason)
        const open = input.result.checklist.items.filter(({ applicable, level }) => applicable && level === null)
        const unsaid = open.filter(({ id, gap }) => {
          const isMeasured = input.checklist.items.find((item) => item.id === id)?.rule !== null
          const title = input.checklist.items.find((item) => item.id === id)?.title[lang] ?? ''
          return !text.includes(`\n${id} ${title} | `) || (isMeasured && !text.includes(gap?.[lang] ?? ''))
        })
        expect(unsaid).toEqual([])
      }),
      { numRuns: 25 },
    )
  })

  it('prints both levels where a reviewer overrode the measurement', () => {
    expect(memoText(composeMemo(exampleInput(), lang))).toContain(lang === 'zh' ? '3\n(自动 2)' : '3\n(auto 2)')
  })

  it('drafts findings for poor measured items only, and not where the reviewer wrote one', () => {
    const drafted = memoText(composeMemo(exampleInput(), lang))
    expect(drafted).toContain('D-B01')
    expect(drafted).not.toContain('D-A03')
    const written = exampleInput(exampleHash, { findings: [exampleFinding(1, 'B01', 'must', '图斑压占红线。', '请调整。')] })
    expect(memoText(composeMemo(written, lang))).not.toContain('D-B01')
  })

  it('says so when nothing is measured, nothing is drawn and nothing is found', () => {
    const input = { ...exampleInput(exampleHash, { findings: [], entries: [], measurements: [] }), layers: [] }
    const memo = composeMemo(input, lang)
    expect(memo.sections.map(({ id }) => id)).not.toContain('indicators')
    expect(memoText(memo)).toContain(lang === 'zh' ? '没有可以绘制的图层' : 'no layer that can be drawn')
    expect(memoText(memo)).toContain(lang === 'zh' ? '暂不形成意见' : 'No opinion yet')
  })
})
