import { expect, it } from 'vitest'
import type { TileData } from '#core/contract/map-data.ts'
import { TileStore } from './tile-store.ts'

const tileOf = (bytes: number): TileData => ({
  kind: 'cells',
  xy: new Int32Array(0),
  ringOff: new Uint32Array(0),
  featureOff: new Uint32Array(0),
  fid: new Float64Array(0),
  classIndex: new Uint16Array(0),
  cells: new Int32Array(bytes / 4),
})

it('builds a tile once, and lets the one go that was asked for longest ago when there is no more room', () => {
  const store = new TileStore()
  const built: string[] = []
  const ask = (name: string) =>
    store.get(name, () => {
      built.push(name)
      return tileOf(20 * 2 ** 20)
    })
  const first = ask('a')
  ask('b')
  expect(ask('a')).toBe(first)
  expect(built).toEqual(['a', 'b'])
  ask('c')
  expect(ask('a')).toBe(first)
  ask('b')
  expect(built).toEqual(['a', 'b', 'c', 'b'])
})

it('gives a tile that is larger than its room, too', () => {
  const store = new TileStore()
  const large = tileOf(64 * 2 ** 20)
  expect(store.get('large', () => large)).toBe(large)
  expect(store.get('large', () => tileOf(4))).toBe(large)
})
