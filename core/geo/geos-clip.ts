import type { LayerColumns } from './columns.ts'
import type { Bench } from './geos-bench.ts'
import type { GeosLibrary, Handle, PolygonParts } from './geos-handles.ts'

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
  /** The ground of loose parts counted once, as parts; lines that two of them share vanish. Throws when the library fails. */
  uniteParts(parts: PolygonParts): Float64Array[][]
  /**
   * The same ground as valid parts whose vertices all lie on whole coordinates (snap rounding); what is narrower than the grid
   * vanishes. null only when the library fails, which it promises not to.
   */
  onGrid(parts: PolygonParts): Float64Array[][] | null
}

const ONE_MILLIMETRE = 1

/** The operations of `Clipping` over a loaded library. */
export function clipping(library: GeosLibrary, { handles, must, using, repair }: Bench): Clipping {
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
    uniteParts: (parts) => {
      // not one MultiPolygon, whose parts would have to be apart already
      const members = parts.map((part) => handles.polygons([part]))
      return using(handles.gather(members), (all) => {
        const plain = library.GEOSUnaryUnion(all)
        const union = plain === 0 ? must(library.GEOSUnaryUnionPrec(all, ONE_MILLIMETRE), 'unite parts') : plain
        return using(union, handles.readPolygons)
      })
    },
    onGrid: (parts) =>
      using(handles.polygons(parts), (geometry) =>
        using(repair(geometry), (valid) => {
          const snapped = valid === 0 ? 0 : library.GEOSGeom_setPrecision(valid, ONE_MILLIMETRE, 0)
          return snapped === 0 ? null : using(snapped, handles.readPolygons)
        }),
      ),
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
