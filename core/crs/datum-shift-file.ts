import * as z from 'zod'
import { AppError } from '../errors.ts'
import { crsInfo } from './crs.ts'
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
