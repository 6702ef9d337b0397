import type { FoundChange } from '#core/flip/result.ts'
import type { OverlayShape } from '../map/map-props.ts'

/** The new ground and lines of some changes as the map draws shapes that are no features of the plan. */
export function shapesOfChanges(changes: readonly Pick<FoundChange, 'shapes'>[]): OverlayShape[] {
  return changes.flatMap(({ shapes }) =>
    shapes.map(({ kind, parts }): OverlayShape => {
      const rings = parts.flat()
      const closed = rings.map((ring) => (kind === 'polygon' ? closedRing(ring) : Array.from(ring)))
      const ringOff = Uint32Array.from([
        0,
        ...closed.map((_, at) => closed.slice(0, at + 1).reduce((sum, ring) => sum + ring.length / 2, 0)),
      ])
      return {
        tone: 'newer',
        shape: {
          kind,
          xyM: Float64Array.from(closed.flat()),
          ringOff,
          featureOff: Uint32Array.of(0, closed.length),
          fid: Float64Array.of(0),
        },
      }
    }),
  )
}

/** A ring whose last vertex repeats its first. */
function closedRing(ring: ArrayLike<number>): number[] {
  const all = Array.from(ring)
  const isClosed = all[0] === all.at(-2) && all[1] === all.at(-1)
  return isClosed ? all : [...all, ...all.slice(0, 2)]
}
