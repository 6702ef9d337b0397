import type { LayerColumns } from './columns.ts'
import type { Bench } from './geos-bench.ts'
import type { GeosLibrary, Handle } from './geos-handles.ts'

/** Overlay by the library: the second, independent implementation, and what the clip kernel falls back to. */
export interface Clipping {
  /**
   * The ground that parts `partsA` of one polygon layer share with parts `partsB` of another (counted once where those
   * overlap), or have without it, as polygon parts in mm. Invalid parts are repaired first. null only when the library fails
   * even on its millimetre grid, which it promises not to.
   */
  clip(
    how: 'intersection' | 'difference',
    a: LayerColumns,
    partsA: readonly number[],
    b: LayerColumns,
    partsB: readonly number[],
  ): Float64Array[][] | null
}

const ONE_MILLIMETRE = 1

/** The operations of `Clipping` over a loaded library. */
export function clipping(library: GeosLibrary, { handles, using, repair }: Bench): Clipping {
  /** The ground of some parts, valid; parts that overlap are united. */
  const groundOf = (layer: LayerColumns, parts: readonly number[]): Handle =>
    using(handles.parts(layer, parts), (whole) => {
      if (library.GEOSisValid(whole) === 1) return library.GEOSUnaryUnion(whole)
      return using(repair(whole), (made) => (made === 0 ? 0 : library.GEOSUnaryUnion(made)))
    })
  const operate = (how: 'intersection' | 'difference', left: Handle, right: Handle): Handle => {
    const plain = how === 'intersection' ? library.GEOSIntersection(left, right) : library.GEOSDifference(left, right)
    if (plain !== 0) return plain
    return how === 'intersection'
      ? library.GEOSIntersectionPrec(left, right, ONE_MILLIMETRE)
      : library.GEOSDifferencePrec(left, right, ONE_MILLIMETRE)
  }
  return {
    clip: (how, a, partsA, b, partsB) =>
      using(groundOf(a, partsA), (left) =>
        using(groundOf(b, partsB), (right) => {
          if (left === 0 || right === 0) return null
          const found = operate(how, left, right)
          return found === 0 ? null : using(found, handles.readPolygons)
        }),
      ),
  }
}
