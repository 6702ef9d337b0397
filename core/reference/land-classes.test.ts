import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  CLASS_GROUPS,
  LAND_CLASSES,
  classColour,
  classGroup,
  isLandClass,
  landClass,
  resolveLandClass,
  resolveLandClasses,
} from './land-classes.ts'

const ofLevel = (level: number) => LAND_CLASSES.filter(({ code }) => code.length === 2 * level)
const childless = (level: number) =>
  ofLevel(level).filter(({ code }) => !LAND_CLASSES.some(({ parent }) => parent === code)).length

describe('the 2023 classification', () => {
  it('counts 24, 113 and 140 classes when an undivided class is counted again at the next level', () => {
    const first = ofLevel(1).length
    const second = ofLevel(2).length + childless(1)
    const third = ofLevel(3).length + childless(2) + childless(1)
    expect([first, second, third]).toEqual([24, 113, 140])
  })

  it('is a tree in code order with unique names in both languages', () => {
    const codes = LAND_CLASSES.map(({ code }) => code)
    expect(codes).toEqual(codes.toSorted())
    for (const key of ['code', 'zh', 'en'] as const)
      expect(new Set(LAND_CLASSES.map((entry) => entry[key])).size).toBe(codes.length)
    for (const { code, parent } of LAND_CLASSES) expect(parent).toBe(code.length === 2 ? null : code.slice(0, -2))
  })

  it('colours a class by the standard, its parent or a marked suggestion', () => {
    expect([classColour('1401'), classColour('0701'), classColour('070102'), classColour('0101')]).toEqual([
      '#00FF00',
      '#FFFF2D',
      '#FFFF2D',
      '#F5F8DC',
    ])
    const suggested = LAND_CLASSES.filter(({ code, colourFrom }) => code.length === 2 && colourFrom === 'suggested')
    expect(suggested.map(({ code }) => code)).toEqual(['07', '08', '10', '14'])
    expect(LAND_CLASSES.filter(({ colourFrom }) => colourFrom === 'standard')).toHaveLength(39)
    expect(classColour('99')).toMatch(/^#[0-9A-F]{6}$/)
  })

  it('gives longer codes their nearest ancestor', () => {
    expect(landClass('07010109')?.code).toBe('070101')
    expect(landClass('0701X')?.code).toBe('0701')
    expect(landClass('99')).toBeUndefined()
  })
})

describe('one source value', () => {
  it.each([
    ['0701', '0701', 'code'],
    [701, '0701', 'code'],
    ['701', '0701', 'code'],
    [7, '07', 'code'],
    ['701.0', '0701', 'code'],
    ['140100', '1401', 'code'],
    ['010000', '01', 'code'],
    [' 07 01 ', '0701', 'code'],
    ['０７０１', '0701', 'code'],
    ['070102', '070102', 'code'],
    [70102, '070102', 'code'],
    ['07010201', '070102', 'code'],
    ['010105', '0101', 'code'],
    ['0701 城镇住宅用地', '0701', 'code'],
    ['公园绿地（1401）', '1401', 'code'],
    ['城镇住宅用地', '0701', 'name'],
    ['城镇住宅', '0701', 'name'],
    ['Urban housing land', '0701', 'name'],
    ['park  green space', '1401', 'name'],
    ['R2', '070102', 'gb50137'],
    ['r21', '070102', 'gb50137'],
    ['A33', '080403', 'gb50137'],
    ['A51', '0806', 'gb50137'],
    ['G1公园绿地', '1401', 'gb50137'],
    ['0201K', '0201', 'survey3'],
    ['0810A', '1403', 'survey3'],
    ['1107A', '1705', 'survey3'],
    ['1313', '1312', 'trial2020'],
    ['9999', null, 'none'],
    ['0799', null, 'none'],
    ['warehouse of dreams', null, 'none'],
    ['', null, 'none'],
  ])('%j is %s by %s', (raw, code, via) => {
    expect(resolveLandClass(raw)).toEqual({ code, via, split: false, mixed: false })
  })

  it('says when a source code stands for several classes, and when a value names several uses', () => {
    expect(resolveLandClass('05H1')).toMatchObject({ code: '09', via: 'survey3', split: true })
    expect(resolveLandClass('S4')).toMatchObject({ code: '120802', via: 'gb50137', split: true })
    expect(resolveLandClass('0901/0701')).toEqual({ code: '0901', via: 'code', split: false, mixed: true })
    expect(resolveLandClass('B1+R2')).toMatchObject({ code: '0901', via: 'gb50137', mixed: true })
    expect(resolveLandClass('商业、居住')).toMatchObject({ code: '0901', via: 'name', mixed: true })
    expect(resolveLandClass('?/0701')).toMatchObject({ code: null, via: 'none' })
  })

  it('follows the mapping of the plan before anything else, and only to classes that exist', () => {
    const mapping = { 'Low density residential': '0701', '0101': '1401', Mystery: '9999' }
    expect(resolveLandClass('Low density residential', mapping)).toMatchObject({ code: '0701', via: 'mapping' })
    expect(resolveLandClass('0101', mapping)).toMatchObject({ code: '1401', via: 'mapping' })
    expect(resolveLandClass('Mystery', mapping)).toMatchObject({ code: null, via: 'none' })
  })

  it('finds every class again by its code, its number and both its names', () => {
    for (const { code, zh, en } of LAND_CLASSES) {
      for (const raw of [code, Number(code), zh, en]) expect([raw, resolveLandClass(raw).code]).toEqual([raw, code])
    }
  })

  it('answers a listed class or null for any text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Z]{1,8}$/), fc.integer()), (raw) => {
        const { code, via } = resolveLandClass(raw)
        expect(code === null ? via === 'none' : isLandClass(code)).toBe(true)
      }),
    )
  })
})

describe('a whole column', () => {
  const codesOf = (values: string[], hints = {}) => resolveLandClasses(values, {}, hints).matches.map(({ code }) => code)

  it('is read in the classification that lists most of its codes', () => {
    const survey = resolveLandClasses(['0101', '0303', '1006', '1101', '0810', '0701'])
    expect([survey.scheme, survey.certain]).toEqual(['survey3', true])
    expect(survey.matches.map(({ code }) => code)).toEqual(['0101', '0507', '0601', '1701', '1401', '0701'])
    const modern = resolveLandClasses(['0101', '1401', '070102', '1001', '1208'])
    expect([modern.scheme, modern.certain]).toEqual(['code', true])
    expect(resolveLandClasses(['0602', '0604', '1313', '070102']).scheme).toBe('trial2020')
    expect(codesOf(['0602', '0604', '1313', '1207'])).toEqual(['060201', '060203', '1312', '1207'])
  })

  it('asks for confirmation where the codes fit two classifications, unless names or the field decide', () => {
    const codes = ['0101', '0701', '1001', '1003']
    const open = resolveLandClasses(codes)
    expect([open.scheme, open.certain]).toEqual(['code', false])
    expect(open.reason.zh).toContain('请确认')
    const names = ['水田', '城镇住宅用地', '铁路用地', '公路用地']
    expect(resolveLandClasses(codes, {}, { names })).toMatchObject({ scheme: 'survey3', certain: true })
    expect(resolveLandClasses(codes, {}, { field: 'DLBM' })).toMatchObject({ scheme: 'survey3', certain: true })
    expect(resolveLandClasses(codes, {}, { field: 'YDYHFLDM' })).toMatchObject({ scheme: 'code', certain: true })
  })

  it('does not mix classifications of digits, but lets names and letters stand beside them', () => {
    const column = resolveLandClasses(['0101', '1401', '140101', '05H1', 'R2', '公园绿地', null, undefined, '?'])
    expect(column.matches.map(({ code }) => code)).toEqual(['0101', '1401', '1401', null, '070102', '1401', null, null, null])
    expect(column.unmatched).toEqual(['05H1', '?'])
  })

  it('leaves mapped values out of the decision', () => {
    const column = resolveLandClasses(['1101', '0101', '1401'], { 1101: '1701' })
    expect([column.scheme, column.matches[0]?.code]).toEqual(['code', '1701'])
  })
})

describe('groups of classes', () => {
  const members = (id: string, codes: string[]) => codes.filter(classGroup(id))

  it('follow the longest code of their rule', () => {
    expect(members('construction', ['0601', '0701', '16', '1401', '2301', '2302', '23', '1701'])).toEqual([
      '0701',
      '16',
      '1401',
      '2301',
    ])
    expect(members('farmland', ['0101', '0401', '0403', '0504', '0601', '1704', '1701', '2303'])).toEqual([
      '0101',
      '0401',
      '0601',
      '1704',
      '2303',
    ])
    expect(members('residential', ['07', '0701', '070103', '0702', '0703'])).toEqual(['07', '0701', '070103', '0703'])
    expect(members('blue_green', ['0301', '0507', '1401', '1402', '1403', '1704', '1801', '0101'])).toEqual([
      '0301',
      '0507',
      '1401',
      '1402',
      '1704',
    ])
    expect(['1801', '24', '17'].filter(classGroup('blue', { optional: true }))).toEqual(['1801', '24', '17'])
  })

  it('count artificialised land by profile', () => {
    const codes = ['0601', '0602', '060203', '0701', '1001', '1002', '1003', '1401', '1402', '1403', '16', '1801', '1901', '2301']
    expect(members('artificialised_cn', codes)).toEqual([
      '0602',
      '060203',
      '0701',
      '1001',
      '1002',
      '1003',
      '1403',
      '1801',
      '2301',
    ])
    expect(members('artificialised_fr', codes)).toEqual(['0602', '0701', '1001', '1402', '1403', '1801', '2301'])
  })

  it('keep agricultural, construction and unused land apart and leave no listed land class out', () => {
    const kinds = ['construction', 'farmland', 'unused'].map((id) => classGroup(id))
    const leaves = LAND_CLASSES.filter(({ code }) => !LAND_CLASSES.some(({ parent }) => parent === code))
    const land = leaves.filter(({ code }) => !classGroup('marine')(code))
    for (const { code } of land) expect([code, kinds.filter((test) => test(code)).length]).toEqual([code, 1])
  })

  it('name only listed classes', () => {
    for (const { id, rule } of CLASS_GROUPS) {
      const codes = [
        ...rule.include,
        ...rule.exclude,
        ...rule.coarse,
        ...rule.optional,
        ...rule.conditional.flatMap((entry) => entry.codes),
      ]
      for (const code of codes) expect([id, code, isLandClass(code)]).toEqual([id, code, true])
    }
    expect(() => classGroup('nothing')).toThrow(/no group/)
  })
})
