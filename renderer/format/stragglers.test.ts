import { describe, expect, it } from 'vitest'

const sources = Object.entries(
  import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.{ts,tsx}'], { query: '?raw', import: 'default', eager: true }),
)

/** Coordinates are typed back as they are shown ("112.91, 28.2"), attributes of SVG are no text, and examples of writing show all ways. */
const ALLOWED = new Set([
  './format.ts',
  '../map/map-furniture.tsx',
  '../options/drawing.tsx',
  '../sheets/points-editor.tsx',
  '../history/score-line.ts',
  '../settings/looks.tsx',
])

describe('numbers and days on the screen', () => {
  it('go through one formatter, so that the choice of signs and days reaches them all', () => {
    const own = sources.filter(
      ([file, text]) =>
        !ALLOWED.has(file) &&
        /\.toFixed\(|\.toLocale\w*String\(|Intl\.(Number|DateTime)Format/.test(text) &&
        !text.includes('inChosenSigns('),
    )
    expect(sources.length).toBeGreaterThan(200)
    expect(own.map(([file]) => file)).toEqual([])
  })
})
