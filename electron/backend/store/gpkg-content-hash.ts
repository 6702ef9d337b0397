import { createHash } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { FieldType } from '#core/model/roles.ts'
import type { SourceValue } from '../formats/format.ts'
import { quoted, type GpkgCrs } from './gpkg-schema.ts'
import type { GpkgTable } from './gpkg-writer.ts'

/** How a field of ours is declared; what a table declares otherwise was not written by us. */
export const SQL_TYPE: Record<FieldType, string> = { text: 'TEXT', number: 'REAL', boolean: 'BOOLEAN' }

type HashedTable = Pick<GpkgTable, 'kind' | 'fields' | 'firstFid'>

/** Where the WKB begins in a geometry that `gpbEncoder` wrote. */
const WKB_AT = 40

/** A coordinate system as the hash of a layer names it. */
export const crsName = ({ organization, code }: Pick<GpkgCrs, 'organization' | 'code'>): string => `${organization}:${code}`

/**
 * A source's value as its column stores it: never a non-finite number, never a type that the column does not declare, never half of a
 * surrogate pair, which would come back as another character.
 */
export function storedValue(value: SourceValue, type: FieldType): string | number | null {
  if (value === null) return null
  if (type === 'text') return typeof value === 'string' ? value.toWellFormed() : String(value)
  const number = Number(value)
  if (!Number.isFinite(number)) return null
  return type === 'boolean' ? (number === 0 ? 0 : 1) : number
}

/**
 * The hash that `contentHash` gave a table when it was written, from the rows that lie in it now. `crs` is the system that the layer is
 * said to be in: it is part of the hash. @throws RangeError naming what no table of ours has
 */
export function tableHash(db: Database.Database, { table, kind }: Pick<GpkgTable, 'table' | 'kind'>, crs: GpkgCrs): string {
  const [fid, geom, ...own] = db.pragma(`table_info(${quoted(table)})`) as { name: string; type: string }[]
  if (fid?.name !== 'fid' || geom?.name !== 'geom') throw new RangeError('its first columns are not fid and geom')
  const fields = own.map(({ name, type }) => ({ name, type: fieldType(type) }))
  const select = `SELECT ${['fid', 'geom', ...fields.map(({ name }) => quoted(name))].join(', ')} FROM ${quoted(table)} ORDER BY fid`
  const rows = db.prepare(select).raw().iterate() as Iterable<[number, unknown, ...unknown[]]>
  let hash: ReturnType<typeof contentHash> | undefined
  let next = 1
  for (const [at, blob, ...values] of rows) {
    if (hash === undefined) next = at
    hash ??= contentHash({ kind, fields, firstFid: at }, crsName(crs))
    if (at !== next) throw new RangeError('its numbers have a gap')
    if (!Buffer.isBuffer(blob) || blob.length <= WKB_AT) throw new RangeError('a geometry is none')
    for (const [index, value] of values.entries())
      if (!isStored(value, fields[index]?.type)) throw new RangeError(`${fields[index]?.name ?? ''} holds another kind of value`)
    hash.add(blob, values as (string | number | null)[])
    next += 1
  }
  return (hash ?? contentHash({ kind, fields }, crsName(crs))).hex()
}

function fieldType(declared: string): FieldType {
  const found = (Object.keys(SQL_TYPE) as FieldType[]).find((type) => SQL_TYPE[type] === declared)
  if (found === undefined) throw new RangeError(`a field of the type ${declared.slice(0, 40)}`)
  return found
}

const isStored = (value: unknown, type: FieldType | undefined): boolean =>
  value === null || typeof value === (type === 'text' ? 'string' : 'number')

/**
 * SHA-256 over what the layer *is*: kind, CRS, fields, then for each row in file order its geometry (WKB) and its values,
 * each with its length. Row order counts, because feature ids follow it and evidence names features by id. Role, name and
 * source do not count: the same content under another name has the same hash.
 */
export function contentHash({ kind, fields, firstFid = 1 }: HashedTable, crs: string) {
  const hash = createHash('sha256')
  // Gathered and hashed in large pieces: a call for each value would cost more than the hash itself.
  const waiting = Buffer.alloc(1 << 18)
  let filled = 0
  const flush = () => {
    hash.update(waiting.subarray(0, filled))
    filled = 0
  }
  const open = (bytes: number) => {
    if (filled + 4 + bytes > waiting.length) flush()
    filled = waiting.writeUInt32LE(bytes, filled)
  }
  const add = (bytes: Uint8Array) => {
    open(bytes.length)
    if (bytes.length > waiting.length - filled) {
      flush()
      hash.update(bytes)
      return
    }
    waiting.set(bytes, filled)
    filled += bytes.length
  }
  const addWkb = (blob: Buffer) => {
    const bytes = blob.length - WKB_AT
    if (filled + 4 + bytes > waiting.length) return add(blob.subarray(WKB_AT))
    open(bytes)
    filled += blob.copy(waiting, filled, WKB_AT)
  }
  const addText = (text: string) => {
    // At most three bytes for each unit of UTF-16: written in place, where there is room for the longest.
    if (filled + 4 + 3 * text.length > waiting.length) return add(Buffer.from(text))
    const bytes = waiting.write(text, filled + 4)
    waiting.writeUInt32LE(bytes, filled)
    filled += 4 + bytes
  }
  const counting = firstFid === 1 ? {} : { firstFid }
  const head = { kind, crs, fields: fields.map((f) => [f.name, f.type]), ...counting }
  add(Buffer.from(JSON.stringify(head)))
  return {
    add(blob: Buffer, values: readonly (string | number | null)[]) {
      addWkb(blob)
      addText(JSON.stringify(values))
    },
    hex() {
      flush()
      return hash.digest('hex')
    },
  }
}
