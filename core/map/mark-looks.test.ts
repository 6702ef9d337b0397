import { describe, expect, it } from 'vitest'
import { SEVERITIES } from '../review/finding.ts'
import { cloudRing, SEVERITY_LOOKS } from './mark-looks.ts'

const luminance = (hex: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

describe('marks', () => {
  it('tell kinds of findings apart without colour: by shape and by dash', () => {
    const looks = SEVERITIES.map((severity) => SEVERITY_LOOKS[severity])
    expect(new Set(looks.map(({ corners }) => corners)).size).toBe(SEVERITIES.length)
    expect(new Set(looks.map(({ dash }) => dash.join(' '))).size).toBe(SEVERITIES.length)
  })
  it('carry white figures that are read easily', () => {
    for (const { colour } of Object.values(SEVERITY_LOOKS)) expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThan(4.5)
  })
})

describe('a cloud', () => {
  const square = [0, 0, 100, 0, 100, 100, 0, 100]
  const reversed = [0, 100, 100, 100, 100, 0, 0, 0]
  it('is closed and bulges outwards whichever way it was drawn', () => {
    for (const places of [square, reversed]) {
      const ring = cloudRing(places, 20)
      expect(ring[0]).toEqual(ring.at(-1))
      const outside = ring.filter(([x, y]) => x < -1e-9 || y < -1e-9 || x > 100 + 1e-9 || y > 100 + 1e-9)
      const inside = ring.filter(([x, y]) => x > 1e-9 && y > 1e-9 && x < 100 - 1e-9 && y < 100 - 1e-9)
      expect(outside.length).toBeGreaterThan(ring.length / 2)
      expect(inside).toEqual([])
    }
  })
  it('has arcs of about the size asked for', () => {
    expect(cloudRing(square, 20)).toHaveLength(4 * 5 * 8 + 1)
    expect(cloudRing(square, 1e9)).toHaveLength(4 * 8 + 1)
  })
})
