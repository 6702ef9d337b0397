import { describe, expect, it } from 'vitest'
import { ViewTrail, type Sight } from './view-trail.ts'

const at = (x: number, metresPerPixel = 10): Sight => ({ centre: [x, 0], metresPerPixel })

describe('the views of a map', () => {
  it('are gone back and forth among, and end on either side', () => {
    const trail = new ViewTrail()
    for (const x of [0, 100, 200]) trail.came(at(x))
    expect(trail.step(-1)).toEqual(at(100))
    trail.came(at(100))
    expect(trail.step(-1)).toEqual(at(0))
    expect(trail.step(-1)).toBeNull()
    expect(trail.step(1)).toEqual(at(100))
    expect(trail.step(1)).toEqual(at(200))
    expect(trail.step(1)).toBeNull()
  })
  it('forget what lay ahead when the map goes elsewhere, and keep no view twice', () => {
    const trail = new ViewTrail()
    for (const x of [0, 100, 100.001]) trail.came(at(x))
    expect(trail.step(-1)).toEqual(at(0))
    trail.came(at(0, 20))
    expect(trail.step(1)).toBeNull()
    expect(trail.step(-1)).toEqual(at(0))
  })
  it('are at most a hundred', () => {
    const trail = new ViewTrail()
    for (let x = 0; x < 5000; x += 10) trail.came(at(x))
    let back = 0
    while (trail.step(-1)) back += 1
    expect(back).toBe(99)
  })
})
