import proj4 from 'proj4'
import * as z from 'zod'
import { AppError } from '../errors.ts'
import { crsInfo, withoutDatum, type CrsInfo, type Transform } from './crs.ts'
import { crsDatabase, type CrsDatabase } from './database.ts'

const base = z.string().regex(/^EPSG:\d{4,6}$/)
const metres = z.number().min(-5000).max(5000)
const arcSeconds = z.number().min(-60).max(60)

/**
 * Seven parameters of a datum shift (Helmert), as a survey office gives them for one region. They are often classified: they are
 * read from a local file that a person names, used in the import process, and kept nowhere; only the file's SHA-256 is stored.
 */
export const datumShiftSchema = z.strictObject({
  greenprint: z.literal('datum-shift/1'),
  /** Geographic systems: what the data is on, and what it becomes. */
  from: base,
  to: base,
  /** Sign of the rotations: "position-vector" (EPSG method 9606, Bursa–Wolf) or "coordinate-frame" (EPSG 9607). */
  convention: z.enum(['position-vector', 'coordinate-frame']),
  dxM: metres,
  dyM: metres,
  dzM: metres,
  rxArcSec: arcSeconds,
  ryArcSec: arcSeconds,
  rzArcSec: arcSeconds,
  scalePpm: z.number().min(-100).max(100),
})

export type DatumShift = z.infer<typeof datumShiftSchema>

/**
 * Checks a parameter file that was read as JSON.
 * @throws AppError `import.datum-shift-invalid` naming the key that is wrong, never a value
 */
export function parseDatumShift(content: unknown, file: string, db: CrsDatabase = crsDatabase()): DatumShift {
  const result = datumShiftSchema.safeParse(content)
  if (!result.success) {
    const [issue] = result.error.issues
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    throw new AppError('import.datum-shift-invalid', { file, key: String(unknown ?? issue?.path[0] ?? '/') })
  }
  for (const key of ['from', 'to'] as const)
    if (crsInfo(result.data[key], db)?.kind !== 'geographic') throw new AppError('import.datum-shift-invalid', { file, key })
  if (result.data.from === result.data.to) throw new AppError('import.datum-shift-invalid', { file, key: 'to' })
  return result.data
}

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
