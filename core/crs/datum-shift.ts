import proj4 from 'proj4'
import { withoutDatum, type CrsInfo, type Transform } from './crs.ts'
import type { DatumShift } from './datum-shift-file.ts'

/** True when these parameters lead from the one system's datum to the other's. */
export const shiftFits = (shift: DatumShift, from: CrsInfo, to: CrsInfo): boolean =>
  shift.from === from.base && shift.to === to.base

/**
 * The conversion between two systems by local parameters; heights are taken as zero on the source ellipsoid, which moves a
 * point by less than a centimetre per hundred metres of height.
 */
export function shiftTransform(from: CrsInfo, to: CrsInfo, shift: DatumShift): Transform {
  const sign = shift.convention === 'position-vector' ? 1 : -1
  const rotations = [shift.rxArcSec, shift.ryArcSec, shift.rzArcSec].map((angle) => sign * angle)
  const parameters = [shift.dxM, shift.dyM, shift.dzM, ...rotations, shift.scalePpm].join(',')
  const source = `${withoutDatum(from.proj4, from)} +towgs84=${parameters}`
  const target = `${withoutDatum(to.proj4, to)} +towgs84=0,0,0,0,0,0,0`
  const converter = proj4(source, target)
  return (x, y) => {
    const [x2, y2] = converter.forward([x, y])
    return [x2, y2]
  }
}
