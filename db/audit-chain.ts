import { createHash } from 'node:crypto'

/** One row of the audit log, as stored. */
export interface AuditRow {
  seq: number
  at: string
  mono: number
  boot: string
  actor: string
  action: string
  object: string | null
  label: string
  result: string
  detail: string
  alg: 'sha256'
  prev: Buffer
  hash: Buffer
}

const DOMAIN = 'greenprint.audit/1'

/** What the first row's `prev` holds. */
export const GENESIS: Buffer = Buffer.alloc(32)

/** A value with its kind and length in front, so that no two lists of values give the same bytes. */
const framed = (value: string | number | null | Uint8Array): Buffer => {
  const kind = value === null ? 'n' : typeof value === 'number' ? 'i' : typeof value === 'string' ? 't' : 'b'
  const bytes =
    value === null ? Buffer.alloc(0) : value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value), 'utf8')
  const head = Buffer.alloc(9)
  head.write(kind, 0, 'latin1')
  head.writeBigUInt64BE(BigInt(bytes.length), 1)
  return Buffer.concat([head, bytes])
}

/** SHA-256 over values in order, each framed. */
export const hashOf = (values: Iterable<string | number | null | Uint8Array>): Buffer => {
  const hash = createHash('sha256')
  for (const value of values) hash.update(framed(value))
  return hash.digest()
}

/** H(domain ‖ prev ‖ fields): changing any field, or the order of rows, changes every later hash. */
export const chainHash = (row: Omit<AuditRow, 'hash'>): Buffer =>
  hashOf([
    DOMAIN,
    row.prev,
    row.seq,
    row.at,
    row.mono,
    row.boot,
    row.actor,
    row.action,
    row.object,
    row.label,
    row.result,
    row.detail,
    row.alg,
  ])
