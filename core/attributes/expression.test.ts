import { describe, expect, it } from 'vitest'
import { AppError } from '../errors.ts'
import { bilingual } from '../text.ts'
import { readExpression } from './expression.ts'
import { attributeFields, type AttributeField } from './fields.ts'

const fields: AttributeField[] = [
  ...attributeFields('landuse_plan', 'polygon', [
    { name: 'fid', type: 'INTEGER' },
    { name: 'geom', type: 'MULTIPOLYGON' },
    { name: 'BSM', type: 'TEXT' },
    { name: 'Area', type: 'REAL' },
    { name: 'gp_class', type: 'TEXT' },
    { name: 'gp_name', type: 'TEXT' },
    { name: 'gp_far', type: 'REAL' },
  ]),
  { key: 'isPublic', label: bilingual('对公众开放', 'Open to the public'), origin: 'plan', type: 'boolean', unit: null },
]
const read = (text: string) => readExpression(text, fields)
const refusal = (text: string) => {
  try {
    read(text)
  } catch (error) {
    if (error instanceof AppError) return [error.code, error.params]
    throw error
  }
  return null
}

describe('fields of a layer', () => {
  it('are its number, the plan’s attributes, what is measured and the source’s columns, each name once', () => {
    expect(fields.map(({ key, origin }) => `${key} ${origin}`)).toEqual([
      'fid plan',
      'class plan',
      'name plan',
      'far plan',
      'area measured',
      'BSM source',
      'Area_source source',
      'isPublic plan',
    ])
  })
})

describe('a filter', () => {
  it('is nothing where nothing is written', () => expect(read('  ')).toBeNull())

  it('compares, joins and turns around; AND binds stronger than OR', () => {
    expect(read("class = '0701' OR far > 2 AND NOT name = 'x'")).toEqual({
      kind: 'any',
      of: [
        { kind: 'compare', field: 'class', by: '=', value: '0701' },
        {
          kind: 'all',
          of: [
            { kind: 'compare', field: 'far', by: '>', value: 2 },
            { kind: 'not', of: { kind: 'compare', field: 'name', by: '=', value: 'x' } },
          ],
        },
      ],
    })
  })

  it('is written in Chinese just as well, with full-width signs and the names that the screen shows', () => {
    expect(read('（容积率 ≥ ２．５ 或 name 包含 “公园”）且 对公众开放 = 是')).toEqual(
      read("(far >= 2.5 OR name CONTAINS '公园') AND isPublic = true"),
    )
    expect(read('class 不属于 (0701，0702)')).toEqual(read("NOT class IN ('0701', '0702')"))
    expect(read('far ＞＝ １')).toEqual(read('far >= 1'))
    expect(read('far 介于 1 和 2')).toEqual(read('far BETWEEN 1 AND 2'))
    expect(read('name 不为空')).toEqual(read('name IS NOT NULL'))
  })

  it('reads a figure with its unit in base units', () => {
    expect(read('area > 2 公顷')).toEqual({ kind: 'compare', field: 'area', by: '>', value: 20_000 })
    expect(read('面积 < 3 亩 且 far > 1')).toMatchObject({ of: [{ value: 2000 }, { value: 1 }] })
    expect(refusal('far > 2 ha')).toEqual(['attributes.wrong-unit', { field: 'far', unit: 'ha' }])
    expect(refusal('area > 2 km')).toEqual(['attributes.wrong-unit', { field: 'area', unit: 'km' }])
  })

  it('keeps zeros in front of a code that has no quotes, and a quote inside quotes', () => {
    expect(read('class = 0701')).toMatchObject({ value: '0701' })
    expect(read("name = 'O''Neill'")).toMatchObject({ value: "O'Neill" })
    expect(read('"BSM" = "GH1"')).toMatchObject({ field: 'BSM', value: 'GH1' })
  })

  it('takes signs of a pattern for themselves where it says “contains”', () => {
    expect(read("name CONTAINS '50%_a'")).toEqual({ kind: 'like', field: 'name', pattern: String.raw`%50\%\_a%` })
    expect(read("name LIKE '西%'")).toEqual({ kind: 'like', field: 'name', pattern: '西%' })
  })

  it.each([
    ['clas = 1', 'attributes.unknown-field', { field: 'clas', near: 'class' }],
    ['roofs = 1', 'attributes.unknown-field', { field: 'roofs', near: null }],
    ['far > ', 'attributes.expected', { wanted: 'value', found: '', at: 7 }],
    ['far 2', 'attributes.expected', { wanted: 'operator', found: '2', at: 5 }],
    ['far > 2 far < 3', 'attributes.expected', { wanted: 'joining', found: 'far', at: 9 }],
    ['(far > 2', 'attributes.expected', { wanted: 'closing', found: '', at: 9 }],
    ['> 2', 'attributes.expected', { wanted: 'field', found: '>', at: 1 }],
    ['far IN 2', 'attributes.expected', { wanted: 'list', found: '2', at: 8 }],
    ['far BETWEEN 1', 'attributes.expected', { wanted: 'and', found: '', at: 14 }],
    ["name = 'x", 'attributes.open-quote', { at: 8 }],
    ['far > 2 ; x', 'attributes.unreadable', { at: 9, found: ';' }],
    ['name = park', 'attributes.unquoted', { field: 'name', found: 'park' }],
    ["far = 'many'", 'attributes.not-a-number', { field: 'far', found: 'many' }],
    ['isPublic = 2', 'attributes.not-yes-no', { field: 'isPublic', found: '2' }],
    ["far CONTAINS '2'", 'attributes.not-text', { field: 'far' }],
    [`${'('.repeat(60)}far = 1${')'.repeat(60)}`, 'attributes.too-deep', { most: 40 }],
  ])('%s is refused with the reason and the place', (text, code, params) => {
    expect(refusal(text)).toEqual([code, params])
  })
})
