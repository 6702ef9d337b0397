import { AppError } from '#core/errors.ts'
import type { ChosenLayer } from './open-sources.ts'
import type { MappedField } from './field-mapping.ts'
import { OUR_PREFIX } from '../store/gpkg-columns.ts'
import type { GpkgField } from '../store/gpkg-writer.ts'

/** SQLite's own limit is 2,000; the rest is room for ours. */
const MOST_FIELDS = 1900

/** The columns of a layer's table: the source's, in their order and untouched, then ours as `gp_<attribute>`. */
export interface TableFields {
  fields: GpkgField[]
  /** Source names that clash with ours or with each other, and what they became. */
  renamed: [from: string, to: string][]
}

/** Chooses column names; names that differ only in case are one name to SQLite. */
export function tableFields({ wanted, source }: ChosenLayer, mapped: readonly MappedField[]): TableFields {
  if (source.fields.length > MOST_FIELDS)
    throw new AppError('import.limit', {
      file: wanted.path,
      layer: source.layer,
      what: { zh: '字段数', en: 'fields' },
      limit: MOST_FIELDS,
    })
  const taken = new Set(['fid', 'geom'])
  const renamed: TableFields['renamed'] = []
  const theirs = source.fields.map(({ name, type }, at): GpkgField => {
    const own = name.replaceAll('\0', '').trim() || `field_${at + 1}`
    const free = firstFree(own, taken)
    taken.add(free.toLowerCase())
    if (free !== name) renamed.push([name, free])
    return { name: free, type }
  })
  const ours = mapped.map(({ key, type }): GpkgField => ({ name: `${OUR_PREFIX}${key}`, type }))
  return { fields: [...theirs, ...ours], renamed }
}

function firstFree(name: string, taken: ReadonlySet<string>): string {
  const isFree = (candidate: string) => !taken.has(candidate.toLowerCase()) && !candidate.toLowerCase().startsWith(OUR_PREFIX)
  if (isFree(name)) return name
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? `source_${name}` : `source_${name}_${n}`
    if (isFree(candidate)) return candidate
  }
}
