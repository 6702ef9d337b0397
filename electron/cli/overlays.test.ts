import fs from 'node:fs'
import { beforeAll, describe, expect, it } from 'vitest'
import { cliFolder } from './testing.ts'

const { at, greenprint, importedCity } = cliFolder('overlays')

beforeAll(() => void importedCity('cat'), 120_000)

interface Listed {
  overlays: {
    id: string
    kind: string
    lacks?: string[][]
    figures?: { value: number; unit: string }[]
    parts?: { id: string; shapes: number; list: { rows: { number: string; cells: unknown[] }[] } | null }[]
  }[]
}

describe('greenprint overlays', { timeout: 240_000 }, () => {
  const overlays = (...options: string[]) => greenprint<Listed>('overlays', '--catalogue', at('cat'), ...options)

  it('tells figures and numbered rows, and what a plan lacks', () => {
    const { status, document, stderr } = overlays('--only', 'gaps,cooling', '--json')
    expect(status).toBe(0)
    const [gaps, cooling] = document.overlays
    const rows = gaps?.parts?.find(({ id }) => id === 'gaps')?.list?.rows ?? []
    expect(rows.length).toBeGreaterThan(0)
    expect(rows.map(({ number }) => number)).toEqual(rows.map((_, row) => `W${row + 1}`))
    expect(gaps?.figures?.[0]).toMatchObject({ value: rows.length, unit: 'count' })
    expect(cooling).toMatchObject({ kind: 'lacking', lacks: [['heat']] })
    expect(stderr).toContain('缺少地表温度')
  })

  it('writes the shapes of one overlay in the format that the file is named by', () => {
    const { status, document } = overlays('--only', 'gaps', '--out', at('gaps.geojson'), '--lang', 'en')
    expect([status, document]).toMatchObject([0, { overlays: ['gaps'], format: 'geojson' }])
    const { features } = JSON.parse(fs.readFileSync(at('gaps.geojson'), 'utf8')) as GeoJSON.FeatureCollection
    const [first] = features.filter(({ properties }) => properties?.['part'] === 'gaps')
    expect(first?.properties).toMatchObject({ overlay: 'gaps', Number: 'W1', Cause: expect.any(String) })
    expect(overlays('--only', 'gaps', '--out', at('gaps.gpkg')).status).toBe(0)
    expect(fs.readFileSync(at('gaps.gpkg')).subarray(0, 15).toString()).toBe('SQLite format 3')
  })

  it('refuses an overlay or a file format that it does not know, before it writes anything', () => {
    expect(overlays('--only', 'heatmap').status).toBe(2)
    expect(overlays('--out', at('all.pdf')).status).toBe(2)
    expect(fs.existsSync(at('all.pdf'))).toBe(false)
  })
})
