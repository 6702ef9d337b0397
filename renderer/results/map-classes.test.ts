import { describe, expect, it } from 'vitest'
import { FLOWS_TABLE, UNITS_TABLE } from '#core/tables/fixture-tables.ts'
import { classWords, colouredBy, mapColumns, readNumber } from './map-classes.ts'

const ZH = { lang: 'zh', areaUnit: 'ha' } as const
const choice = { column: 'intensity', method: 'equal', threshold: '' } as const

describe('a map by unit', () => {
  it('colours the features that rows are about, and keeps the unknown apart', () => {
    const coloured = colouredBy(UNITS_TABLE, choice, ZH)
    const admin = coloured?.places.get('admin')
    expect([1, 2, 3, 4].map((fid) => admin?.get(fid))).toEqual([4, 3, 0, null])
    expect(coloured?.classes.unknown).toBe(1)
    expect(coloured?.classes.classes.map((each) => classWords(each, 'percent', ZH))[0]).toBe('12.0% – 18.0%')
  })
  it('has two sides around a threshold in the unit that is shown', () => {
    const classes = colouredBy(UNITS_TABLE, { ...choice, threshold: '30' }, ZH)?.classes.classes ?? []
    expect(classes.some(({ low }) => low === 30)).toBe(true)
  })
  it('offers columns only where there is something to colour', () => {
    expect(mapColumns(UNITS_TABLE).map(({ key }) => key)).toEqual(['constructionM2', 'intensity'])
    expect(mapColumns(FLOWS_TABLE)).toEqual([])
    expect(colouredBy(UNITS_TABLE, { ...choice, column: 'gone' }, ZH)).toBeNull()
  })
  it('reads numbers as people write them', () => {
    expect(['1,5', '３０', ' -2 ', '−2', 'x', ''].map(readNumber)).toEqual([1.5, 30, -2, -2, null, null])
  })
})
