import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { parseQuery } from '#core/library/query.ts'
import type { ReadMemo } from '#core/library/reading.ts'
import { openForTest, removeTempDirs, REVIEWER, tempDir } from './testing/fixtures.ts'

afterAll(removeTempDirs)

const hex = (n: number): string => n.toString(16).padStart(8, '0').padEnd(64, '0')

const memo = (n: number, texts: readonly string[], more: Partial<ReadMemo> = {}): ReadMemo => ({
  sha256: hex(n),
  part: 0,
  series: `series ${n}`,
  reviewId: null,
  onDate: `2026-03-${String(1 + (n % 28)).padStart(2, '0')}T08:00:00.000Z`,
  office: '总体规划科',
  kind: 'special',
  head: {
    fileName: `memo-${n}.pdf`,
    sizeBytes: 1000,
    form: 'pdf',
    plan: { name: 'Qinglan 2035', nameZh: '青岚市国土空间总体规划' },
    reviewer: '周岚',
    checklist: { id: 'green-low-carbon', version: '1.0.0' },
    round: null,
    total: 71,
    coverage: 1,
    opinion: null,
    dimensions: [],
    counts: { must: texts.length, should: 0, note: 0 },
    withdrawn: 0,
    byItem: [],
    seal: hex(n),
    sealState: 'match',
    differsAt: null,
  },
  reading: {
    items: [],
    findings: texts.map((text, at) => ({
      name: String(at + 1),
      item: 'A04',
      severity: 'must',
      text,
      action: '',
      withdrawn: false,
      status: 'open',
      by: '周岚',
      at: '2026-03-01T08:00:00.000Z',
      notes: [],
    })),
    checklistTitle: null,
    dimensionTitles: {},
  },
  ...more,
})

const opened = () => openForTest(path.join(tempDir(), 'catalogue'))
const found = (catalogue: ReturnType<typeof opened>, query: string) => [...catalogue.library.search(parseQuery(query)).keys()]

describe('the library of memos', () => {
  it('finds words of any length, in any width and case, and what is between quotation marks as it stands', async () => {
    const catalogue = opened()
    const texts = [
      '绿楔在环路处断开，净宽不足 60 米。',
      '按 ＧＢ／Ｔ 39972 补正',
      'Green belt is cut',
      '坡度 50% 以上',
      "it's “quoted”",
    ]
    catalogue.commands.addToLibrary([memo(1, texts)], 'added', REVIEWER)
    for (const query of [
      '绿',
      '绿楔',
      '绿楔在',
      '净宽不足',
      'gb/t',
      'GB/T 39972',
      'GREEN',
      'belt is',
      '50%',
      '%',
      "it's",
      '"belt is cut"',
      '”',
    ])
      expect({ query, count: found(catalogue, query).length }).toEqual({ query, count: query === '”' ? 0 : 1 })
    for (const query of ['热', '热岛', '热岛强度', 'belt cut is"x', '51%', '_', 'AND', 'a" OR "b', '-绿楔', '*'])
      expect({ query, count: found(catalogue, query).length }).toEqual({ query, count: 0 })
    await catalogue.close()
  })

  it('finds all words in one text, not spread over several', async () => {
    const catalogue = opened()
    catalogue.commands.addToLibrary([memo(1, ['绿楔断开', '净宽不足']), memo(1, [])], 'added', REVIEWER)
    catalogue.commands.addToLibrary([memo(2, ['绿楔净宽不足'])], 'added', REVIEWER)
    expect(found(catalogue, '绿楔 净宽不足')).toHaveLength(1)
    await catalogue.close()
  })

  it('has the same bytes once, remembers the stronger source, and forgets texts with their memo', async () => {
    const catalogue = opened()
    const add = (source: 'opened' | 'received' | 'added') =>
      catalogue.commands.addToLibrary([memo(1, ['绿楔断开'])], source, REVIEWER)
    expect([add('opened'), add('received'), add('added')]).toEqual([1, 0, 0])
    expect(catalogue.library.list().map(({ source }) => source)).toEqual(['received'])
    const [one] = catalogue.library.list()
    expect(one && catalogue.library.find(one.id)?.reading?.findings[0]?.text).toBe('绿楔断开')
    expect(catalogue.commands.removeFromLibrary(one ? [one.id] : [], REVIEWER)).toBe(1)
    expect(found(catalogue, '绿楔断开')).toEqual([])
    expect(found(catalogue, '绿')).toEqual([])
    expect(catalogue.audit.verify().intact).toBe(true)
    await catalogue.close()
  })
})
