import { describe, expect, it } from 'vitest'
import { partsInWords, type PartTitles } from './part-titles.ts'

const titles: PartTitles = {
  parkM2: { zh: '公园', en: 'Parks', unit: 'ha' },
  share: { zh: '比例', en: 'Share', unit: 'percent' },
  years: { zh: '年数', en: 'Years' },
  kind: { zh: '类型', en: 'Kind', words: { cell: { zh: '方格', en: 'cells' } } },
  checked: { zh: '已核查', en: 'Checked' },
  byUse: { zh: '各功能', en: 'By use', unit: 'ha', names: { home: { zh: '居住', en: 'Homes' } } },
  matrix: {
    zh: '转移',
    en: 'Flows',
    unit: 'ha',
    names: { '01': { zh: '耕地', en: 'Cropland' }, '07': { zh: '居住', en: 'Homes' } },
  },
  units: {
    zh: '单元',
    en: 'Units',
    columns: { name: { zh: '名称', en: 'Name' }, cap: { zh: '上限', en: 'Cap', unit: 'percent' } },
  },
}
const details = {
  parkM2: 20_000,
  share: 0.25,
  years: 15,
  kind: 'cell',
  checked: true,
  secretKey: 7,
  nothing: null,
  byUse: { home: 30_000 },
  matrix: { '01': { '01': 90_000, '07': 10_000 }, '07': { '01': 20_000 } },
  units: [{ name: '东区', cap: null, fid: 3 }],
}

describe('parts of a measurement in words', () => {
  it('are titled, in the reader’s language and units', () => {
    const { facts, tables } = partsInWords(details, titles, 'zh', 'mu')
    expect(facts.map(({ title, text }) => [title, text])).toEqual([
      ['公园', '30.0 亩'],
      ['比例', '25.0%'],
      ['年数', '15'],
      ['类型', '方格'],
      ['已核查', '是'],
    ])
    expect(tables.map(({ head, figures, rows }) => ({ head, figures, rows }))).toEqual([
      { head: [], figures: [false, true], rows: [['居住', '45.0 亩']] },
      {
        head: [],
        figures: [false, false, true],
        rows: [
          ['居住', '耕地', '30.0 亩'],
          ['耕地', '居住', '15.0 亩'],
        ],
      },
      { head: ['名称', '上限'], figures: [false, true], rows: [['东区', '—']] },
    ])
  })

  it('never show a key that has no title', () => {
    expect(JSON.stringify(partsInWords(details, titles, 'en', 'ha'))).not.toContain('secretKey')
    expect(partsInWords(details, {}, 'en', 'ha')).toEqual({ facts: [], tables: [] })
  })
})
