import path from 'node:path'
import { AppError } from '#core/errors.ts'
import { manifestSchema, type Manifest } from '#core/model/manifest.ts'
import { readBytes, readHead } from '../formats/read-file.ts'
import { decodeJson, parseJson } from '../formats/json-text.ts'

const LIMIT_MB = 10

/** True for a JSON file that calls itself a Greenprint file. */
export function looksLikeManifest(file: string, shown: string): boolean {
  return path.extname(file).toLowerCase() === '.json' && /"greenprint"\s*:/.test(readHead(file, shown).toString('latin1'))
}

/** True for a file of datum-shift parameters (`core/crs/datum-shift.ts`), by what it calls itself. */
export function looksLikeDatumShift(file: string, shown: string): boolean {
  return /"greenprint"\s*:\s*"datum-shift\//.test(readHead(file, shown).toString('latin1'))
}

/** The key of an issue as a path a person can find: `layers[2].crs`. */
const keyOf = (steps: readonly PropertyKey[]): string =>
  steps.reduce<string>(
    (text, step) => (typeof step === 'number' ? `${text}[${step}]` : `${text}${text === '' ? '' : '.'}${String(step)}`),
    '',
  )

/**
 * Reads and checks a plan manifest.
 * @throws AppError `import.manifest-invalid` naming the first wrong key, `import.json-broken`, `import.file-missing`
 */
export function readManifest(file: string, shown: string = path.basename(file)): Manifest {
  const { text } = decodeJson(readBytes(file, shown, LIMIT_MB), shown, null)
  const result = manifestSchema.safeParse(parseJson(text, shown))
  if (result.success) return result.data
  const [issue] = result.error.issues
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : []
  const key = keyOf([...(issue?.path ?? []), ...unknown])
  throw new AppError('import.manifest-invalid', { file: shown, key: key === '' ? '/' : key, problem: issue?.message ?? '' })
}
