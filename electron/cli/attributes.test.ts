import fs from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { cliFolder } from './testing.ts'

const { at, greenprint, importedCity } = cliFolder('attributes')

beforeAll(() => void importedCity('cat'), 120_000)

interface Answer {
  layers?: { role: string; fields: { key: string }[] }[]
  fields: { key: string }[]
  matching: number
  rows: { fid: number; values: (string | number | null)[] }[] & number
  sum: number
}

describe('greenprint attributes', { timeout: 240_000 }, () => {
  const ask = (...options: string[]) => greenprint<Answer>('attributes', '--catalogue', at('cat'), ...options)
  const parks = ['--layer', 'green', '--where', 'parkLevel >= 2']

  it('lists what can be asked, and the rows that meet a filter, in order', () => {
    expect(ask().document.layers?.map(({ role }) => role)).toContain('green')
    const { document, status } = ask(...parks, '--sort', 'area:desc', '--limit', '5')
    const area = document.fields.findIndex(({ key }) => key === 'area')
    const areas = document.rows.map(({ values }) => Number(values[area]))
    expect([status, areas.length]).toEqual([0, 5])
    expect(areas).toEqual(areas.toSorted((a, b) => b - a))
    const two = ask(...parks, '--columns', 'area,name', '--sort', 'parkLevel,area:desc', '--limit', '2').document
    expect(two.fields.map(({ key }) => key)).toEqual(['area', 'name'])
    expect(two.rows.every(({ values }) => values.length === 2 && typeof values[0] === 'number')).toBe(true)
    expect(ask(...parks, '--columns', 'castle').status).toBe(3)
    expect(ask(...parks, '--statistics', 'area').document.sum).toBeGreaterThan(areas[0] ?? Infinity)
  })

  it('writes the same rows as CSV, workbook and features', () => {
    const { matching } = ask(...parks, '--limit', '0').document
    for (const format of ['csv', 'xlsx', 'gpkg']) {
      const { document } = ask(...parks, '--out', at(`parks.${format}`))
      expect([format, document.rows]).toEqual([format, matching])
    }
    expect(fs.readFileSync(at('parks.csv'), 'utf8').trim().split('\r\n')).toHaveLength(matching + 1)
    expect(fs.readFileSync(at('parks.xlsx')).subarray(0, 2).toString()).toBe('PK')
    const { document } = greenprint<{ layers: { features: number; kind: string }[] }[]>('inspect', at('parks.gpkg'))
    expect(JSON.stringify(document)).toMatch(new RegExp(`"features":${matching}\\b`))
  })

  it('refuses a layer, a field or a file that it does not know', () => {
    expect(ask('--layer', 'castles').status).toBe(2)
    expect(ask(...parks, '--out', at('parks.docx')).status).toBe(2)
    expect(ask('--layer', 'green', '--where', 'height > 3').status).toBe(3)
  })
})
