import { guessFields } from '#core/intake/guess-fields.ts'
import { AppError } from '#core/errors.ts'
import type { ManifestLayer } from '#core/model/manifest.ts'
import { ASK_BELOW } from '#core/model/inspection.ts'
import { roleInfo, type FieldType } from '#core/model/roles.ts'
import type { SourceLayer, SourceValue } from '../formats/format.ts'
import { OUR_PREFIX } from '../store/gpkg-columns.ts'

/** One of our attributes and where its values come from. */
export interface MappedField {
  /** Our name ("class"); its column is `gp_class`. */
  key: string
  type: FieldType
  /** The source's name, and its place among a feature's values. */
  source: string
  at: number
}

/** Place of a field by its exact name, or by its name in another case when only one has it. */
export function findField(source: SourceLayer, name: string): number | undefined {
  const exact = source.fields.findIndex((field) => field.name === name)
  if (exact >= 0) return exact
  const alike = source.fields.flatMap((field, at) => (field.name.toUpperCase() === name.toUpperCase() ? [at] : []))
  return alike.length === 1 ? alike[0] : undefined
}

/**
 * Which source field feeds each of the role's attributes: as the manifest says, else by the names that offices use.
 * @throws AppError for an attribute or a field that does not exist, and for a required attribute without a field.
 */
export function mapFields(layer: ManifestLayer, source: SourceLayer): MappedField[] {
  const role = roleInfo(layer.role)
  const named = layer.fields ?? {}
  const candidates = source.fields.map(({ name }) => name)
  for (const attribute of Object.keys(named))
    if (!Object.hasOwn(role.fields, attribute))
      throw new AppError('import.attribute-unknown', {
        file: layer.path,
        role: role.title,
        attribute,
        known: Object.keys(role.fields),
      })

  const guessed = guess(layer, source)
  return Object.entries(role.fields).flatMap(([key, field]): MappedField[] => {
    const wanted = Object.hasOwn(named, key) ? named[key] : undefined
    const at = findField(source, wanted ?? guessed[key] ?? '')
    if (at === undefined && wanted !== undefined)
      throw new AppError('import.field-unknown', {
        file: layer.path,
        layer: source.layer,
        field: wanted,
        key: 'fields',
        candidates,
      })
    if (at === undefined && field.required)
      throw new AppError('import.field-missing', {
        file: layer.path,
        layer: source.layer,
        role: role.title,
        attribute: field.title,
        key,
        candidates,
      })
    return at === undefined ? [] : [{ key, type: field.type, source: candidates[at] ?? key, at }]
  })
}

/**
 * Fields for the attributes that the manifest does not name: our own columns first, so that our exports come back as they
 * were; then the guess that an inspection shows. A doubtful guess never feeds a required attribute.
 */
function guess(layer: ManifestLayer, source: SourceLayer): Record<string, string> {
  const role = roleInfo(layer.role)
  const taken = new Set(Object.values(layer.fields ?? {}))
  const free = source.fields.filter(({ name }) => !taken.has(name))
  const ours = Object.keys(role.fields).filter((key) => free.some(({ name }) => name === OUR_PREFIX + key))
  const { value, confidence } = guessFields(layer.role, free)
  const doubtful = (key: string) => role.fields[key]?.required === true && confidence < ASK_BELOW
  const likely = Object.entries(value).filter(([key]) => !doubtful(key))
  return { ...Object.fromEntries(likely), ...Object.fromEntries(ours.map((key) => [key, OUR_PREFIX + key])) }
}

const YES = new Set(['1', 'true', 't', 'yes', 'y', '是', '有', '开放', '对外开放'])
const NO = new Set(['0', 'false', 'f', 'no', 'n', '否', '无', '不开放'])

/** A source value as our attribute's type; undefined when it says something that the type cannot hold. */
export function asOurValue(value: SourceValue, type: FieldType): SourceValue | undefined {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return null
  if (type === 'text') return String(value).trim()
  if (type === 'boolean') {
    const word = String(value).trim().toLowerCase()
    return YES.has(word) ? true : NO.has(word) ? false : undefined
  }
  const number = typeof value === 'string' ? Number(value.normalize('NFKC').replace(/[,\s]/g, '')) : Number(value)
  return Number.isFinite(number) ? number : undefined
}
