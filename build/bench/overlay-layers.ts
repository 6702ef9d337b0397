import { layerBuilder } from '#core/geo/build.ts'
import type { LayerColumns } from '#core/geo/columns.ts'
import { planarFrame } from '#core/geo/frame.ts'

const EXTENT_M = 40_000
const head = (name: string) => ({ role: 'other' as const, name, kind: 'polygon' as const, frame: planarFrame(0, 0) })

/** A number in −0.5 … 0.5 that depends on nothing but its arguments. */
function jitter(i: number, j: number, salt: number): number {
  let hash = Math.imul(i + 1, 0x9e3779b1) ^ Math.imul(j + 1, 0x85ebca6b) ^ Math.imul(salt, 0xc2b2ae35)
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  hash = Math.imul(hash ^ (hash >>> 12), 0x297a2d39)
  return ((hash ^ (hash >>> 15)) >>> 0) / 2 ** 32 - 0.5
}

/**
 * Parcels that tile 40 × 40 km without gaps, 20 vertices each, with a class and an area: a jittered lattice whose shared edges
 * carry the same crooked vertices. `moved` is the share of corners that a revision of the same plan has moved.
 */
export function parcels(count: number, seed: number, moved = 0): LayerColumns {
  const cells = Math.round(Math.sqrt(count))
  const stepM = EXTENT_M / cells
  const inside = (i: number) => i > 0 && i < cells
  const corner = (i: number, j: number): [number, number] => {
    const salt = jitter(i, j, 99) + 0.5 < moved ? seed + 50 : seed
    return [
      stepM * (i + (inside(i) ? 0.5 * jitter(i, j, salt + 1) : 0)),
      stepM * (j + (inside(j) ? 0.5 * jitter(i, j, salt + 2) : 0)),
    ]
  }
  /** From a corner to the next one right or up, four crooked vertices between; edges of the whole stay straight. */
  const edge = (i: number, j: number, up: boolean): [number, number][] => {
    const [x, y] = corner(i, j)
    const [toX, toY] = up ? corner(i, j + 1) : corner(i + 1, j)
    const isOuter = up ? !inside(i) : !inside(j)
    return [0, 1, 2, 3, 4].map((at) => {
      const bend = at === 0 || isOuter ? 0 : 0.08 * stepM * jitter(i, j, seed + 10 + at + (up ? 5 : 0))
      return [x + ((toX - x) * at) / 5 + (up ? bend : 0), y + ((toY - y) * at) / 5 + (up ? 0 : bend)]
    })
  }
  const backwards = (points: [number, number][], end: [number, number]) => [...points.slice(1), end].reverse()
  const builder = layerBuilder(head('parcels'), { class: 'text', size: 'number' })
  for (let i = 0; i < cells; i += 1) {
    for (let j = 0; j < cells; j += 1) {
      const top = backwards(edge(i, j + 1, false), corner(i + 1, j + 1))
      const left = backwards(edge(i, j, true), corner(i, j + 1))
      const ring = [...edge(i, j, false), ...edge(i + 1, j, true), ...top, ...left].flat()
      builder.add(builder.size() + 1, [[ring]], { class: `c${(7 * i + j) % 14}`, size: i * cells + j })
    }
  }
  return builder.finish('')
}

/** Forty red lines of 30,000 vertices each, apart from each other. */
export function redLines(vertices = 30_000): LayerColumns {
  const builder = layerBuilder(head('red lines'), { line: 'text' })
  for (let at = 0; at < 40; at += 1) {
    const [x, y] = [2500 + 5000 * (at % 8), 4000 + 8000 * Math.floor(at / 8)]
    const ring = Array.from({ length: vertices }, (_, step) => {
      const angle = (2 * Math.PI * step) / vertices
      const radius = 1500 + 500 * Math.sin(7 * angle + at) + 150 * Math.sin(61 * angle) + 0.2 * jitter(step, at, 5)
      return [x + radius * Math.cos(angle), y + radius * Math.sin(angle)]
    }).flat()
    builder.add(at + 1, [[ring]], { line: `line ${at}` })
  }
  return builder.finish('')
}
