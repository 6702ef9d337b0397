import { expect, it } from 'vitest'
import { adaptedPrimaries, lightOf, srgbProfile } from './srgb-profile.ts'

const profile = srgbProfile()
const tag = (name: string): Buffer => {
  for (let at = 132; at < 132 + profile.readUInt32BE(128) * 12; at += 12)
    if (profile.toString('latin1', at, at + 4) === name)
      return profile.subarray(profile.readUInt32BE(at + 4), profile.readUInt32BE(at + 4) + profile.readUInt32BE(at + 8))
  throw new Error(`no ${name}`)
}
const xyz = (name: string) => [8, 12, 16].map((at) => tag(name).readInt32BE(at) / 65_536)

it('the profile is a whole ICC display profile, the same each time', () => {
  expect(profile.readUInt32BE(0)).toBe(profile.length)
  expect(profile.toString('latin1', 36, 40)).toBe('acsp')
  expect(profile.toString('latin1', 12, 24)).toBe('mntrRGB XYZ ')
  expect(srgbProfile().equals(profile)).toBe(true)
  for (const name of ['desc', 'cprt', 'wtpt', 'rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC'])
    expect(tag(name).length).toBeGreaterThan(8)
})

it('its primaries are those that every sRGB profile holds, and add up to white', () => {
  // Published colorants of sRGB adapted to D50 (ICC, sRGB v2 profile).
  const published = { rXYZ: [0.436, 0.2225, 0.0139], gXYZ: [0.3851, 0.7169, 0.0971], bXYZ: [0.1431, 0.0606, 0.7139] }
  for (const [name, values] of Object.entries(published))
    for (const [at, value] of xyz(name).entries()) expect(value).toBeCloseTo(values[at] ?? 0, 3)
  const sum = [0, 1, 2].map((at) => adaptedPrimaries().reduce((total, colour) => total + (colour[at] ?? 0), 0))
  expect(sum[0]).toBeCloseTo(0.9642, 4)
  expect(sum[1]).toBeCloseTo(1, 4)
  expect(sum[2]).toBeCloseTo(0.8249, 4)
})

it('its tone curve is that of sRGB', () => {
  const curve = tag('gTRC')
  const steps = curve.readUInt32BE(8)
  const at = (value: number) => curve.readUInt16BE(12 + Math.round(value * (steps - 1)) * 2) / 65_535
  expect(at(0)).toBe(0)
  expect(at(1)).toBe(1)
  expect(at(0.5)).toBeCloseTo(0.214, 2)
  expect(lightOf(0.5)).toBeCloseTo(0.21404, 4)
  expect(lightOf(0.04045)).toBeCloseTo(0.0031308, 5)
})
