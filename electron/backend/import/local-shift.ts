import { createHash } from 'node:crypto'
import { crsInfo } from '#core/crs/crs.ts'
import { parseDatumShift, type DatumShift } from '#core/crs/datum-shift-file.ts'
import { shiftFits } from '#core/crs/datum-shift.ts'
import { oldDatumNotes } from '#core/intake/old-datum.ts'
import { AppError } from '#core/errors.ts'
import type { Note } from '#core/model/plan.ts'
import { bilingual } from '#core/text.ts'
import { readBytes } from '../formats/read-file.ts'
import { resolveSource, type SourceRoot } from './resolve-source.ts'

/** Parameters of a datum shift while an import runs, and the one thing that is kept of them. */
export interface LocalShift {
  parameters: DatumShift
  sha256: string
}

const LIMIT_MB = 1

/**
 * Reads the parameter file that the manifest names. Nothing of its content leaves this process: errors name a key, notes the hash.
 * @throws AppError `import.datum-shift-invalid`, `import.file-missing`, `import.path-outside`
 */
export function readLocalShift(file: string | null | undefined, root: SourceRoot): LocalShift | null {
  if (file === null || file === undefined) return null
  const bytes = readBytes(resolveSource(root, file), file, LIMIT_MB)
  return { parameters: parseDatumShift(jsonOf(bytes, file), file), sha256: createHash('sha256').update(bytes).digest('hex') }
}

/** Not by the reader of other JSON files: its errors may quote what they stumble over. */
function jsonOf(bytes: Buffer, file: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, '')) as unknown
  } catch {
    throw new AppError('import.datum-shift-invalid', { file, key: '/' }) // without the cause: it would quote the text
  }
}

/** What a reader must know of a layer's datum: shifted by which file, or still an old one. */
export function shiftNotes(from: string, to: string, shift: LocalShift | null | undefined): Note[] {
  const [source, target] = [crsInfo(from), crsInfo(to)]
  if (!source || !target || source.kind === 'local' || source.base === target.base) return oldDatumNotes(from)
  if (!shift || !shiftFits(shift.parameters, source, target)) return []
  const { sha256 } = shift
  return [
    {
      severity: 'info',
      code: 'crs.datum-shifted',
      params: { from: source.base, to: target.base, sha256 },
      text: bilingual(
        `按本地七参数文件（SHA-256 ${sha256.slice(0, 12)}…）从 ${source.base ?? from} 转换到 ${target.base ?? to}；参数未保存。`,
        `Shifted from ${source.base ?? from} to ${target.base ?? to} by a local parameter file (SHA-256 ${sha256.slice(0, 12)}…); the parameters were not kept.`,
      ),
    },
  ]
}
