import { statSync } from 'node:fs'
import { isValidIn } from './encoding.ts'
import { readBytes } from './read-file.ts'
import { siblings } from './shapefile.ts'

const LIMIT_BYTES = 1024 * 1024

/** Text of a small file beside a source (".prj", ".csvt"), null when there is none or it is too large to be one. */
export function sidecarText(file: string, extension: string): string | null {
  const beside = siblings(file).get(extension)
  if (beside === undefined || statSync(beside).size > LIMIT_BYTES) return null
  const bytes = readBytes(beside, beside, 1)
  return new TextDecoder(isValidIn('utf-8', [bytes]) ? 'utf-8' : 'gbk').decode(bytes)
}
