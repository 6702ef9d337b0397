import { AppError } from '#core/errors.ts'
import type { ManifestLayer } from '#core/model/manifest.ts'
import type { SourceLayer, SourceValue } from '../formats/format.ts'
import { findField } from './field-mapping.ts'

type Scalar = string | number | boolean

/**
 * The manifest's `where` as a test of a feature's values: every field must have the value, or one of the values. Numbers and
 * texts that write the same number are equal ("2020" and 2020); text is compared without surrounding blanks.
 */
export function whereFilter(layer: ManifestLayer, source: SourceLayer): (values: readonly SourceValue[]) => boolean {
  const tests = Object.entries(layer.where ?? {}).map(([field, wanted]) => {
    const found = findField(source, field)
    if (found === undefined)
      throw new AppError('import.field-unknown', {
        file: layer.path,
        layer: source.layer,
        field,
        key: 'where',
        candidates: source.fields.map(({ name }) => name),
      })
    return { at: found, wanted: Array.isArray(wanted) ? wanted : [wanted] }
  })
  return (values) => tests.every(({ at, wanted }) => wanted.some((value) => same(values[at] ?? null, value)))
}

function same(value: SourceValue, wanted: Scalar): boolean {
  if (value === null) return false
  if (value === wanted) return true
  const [a, b] = [String(value).trim(), String(wanted).trim()]
  return a === b || (a !== '' && b !== '' && typeof value !== typeof wanted && Number(a) === Number(b))
}
