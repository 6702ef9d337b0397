import { describe, expect, it } from 'vitest'
import { equalAreaFrame, planarFrame, toFrame } from '#core/geo/frame.ts'
import { movedTo } from './shapes.ts'

const shape = (xyM: Float64Array) => ({
  kind: 'point' as const,
  xyM,
  ringOff: Uint32Array.of(0, 1),
  featureOff: Uint32Array.of(0, 1),
  fid: Float64Array.of(1),
})

describe('an older plan’s shapes', () => {
  it('lie in the newer plan’s plane where they lie on Earth', () => {
    const older = equalAreaFrame(114, 30, 6_378_137, 298.257)
    const newer = equalAreaFrame(114.2, 30.1, 6_378_137, 298.257)
    const place = (frame: typeof older) => toFrame(frame)(114.05, 30.02)
    const { xyM } = movedTo(shape(Float64Array.of(...place(older))), older, newer)
    expect(Math.hypot((xyM[0] ?? 0) - place(newer)[0], (xyM[1] ?? 0) - place(newer)[1])).toBeLessThan(1e-3)
  })
  it('are left as they are in the same plane', () => {
    const same = shape(Float64Array.of(1, 2))
    expect(movedTo(same, planarFrame(0, 0), planarFrame(0, 0))).toBe(same)
  })
})
