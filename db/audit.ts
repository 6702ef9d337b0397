import { randomUUID } from 'node:crypto'
import type { AuditEntry } from '#core/contract/procedures.ts'
import { SYSTEM, type Actor, type Clock } from './actor.ts'
import { chainHash, GENESIS, type AuditRow } from './audit-chain.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { toJson } from './json.ts'

/** An act to be remembered. `detail` holds ids, counts and hashes only: never coordinates, names or text of a plan. */
export interface Act {
  actor: Actor
  action: string
  object?: string | null
  result?: 'ok' | 'failed'
  /** The secrecy under which something leaves, as the office writes it. */
  label?: string
  detail?: Record<string, string | number | boolean | null>
}

export interface AuditHead {
  seq: number
  /** Hex; 64 zeros before the first entry. */
  hash: string
}

/** What the log says of acts that have no label of secrecy. */
export const UNLABELLED = 'unlabelled'

/** A wall clock that moved more than this against the steady clock was set by someone. */
const JUMP_MS = 60_000

export const auditReader = (db: ReadableDb) => {
  const last = db.prepare<[], { seq: number; hash: Buffer }>('SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1')
  const lastUntil = db.prepare<[string], { seq: number; hash: Buffer }>(
    'SELECT seq, hash FROM audit WHERE at <= ? ORDER BY seq DESC LIMIT 1',
  )
  const ofStep = db.prepare<[string], { seq: number; hash: Buffer }>(
    `SELECT seq, hash FROM audit WHERE json_extract(detail, '$.txn') = ? ORDER BY seq DESC LIMIT 1`,
  )
  const numbered = db.prepare<[number], { seq: number; hash: Buffer }>('SELECT seq, hash FROM audit WHERE seq = ?')
  const known = db.prepare<[Buffer], { seq: number }>('SELECT seq FROM audit WHERE hash = ?')
  const page = db.prepare<[number, number], AuditEntry>(
    `SELECT seq, at, actor, action, object, result, nullif(label, '${UNLABELLED}') AS label FROM audit WHERE seq < ? ORDER BY seq DESC LIMIT ?`,
  )
  const labelled = db.prepare<[string, string], { label: string }>(
    'SELECT label FROM audit WHERE action = ? AND object = ? ORDER BY seq DESC LIMIT 1',
  )
  const act = db.prepare<[string, string], { seq: number }>('SELECT seq FROM audit WHERE action = ? AND object = ? LIMIT 1')
  const headOf = (row: { seq: number; hash: Buffer } | undefined): AuditHead => ({
    seq: row?.seq ?? 0,
    hash: (row?.hash ?? GENESIS).toString('hex'),
  })
  return {
    head: (): AuditHead => headOf(last.get()),
    /** What the head was at a moment, ISO: the same whenever it is asked. */
    headAt: (at: string): AuditHead => headOf(lastUntil.get(at)),
    /** The entry of a step of the history: the head when that was the last thing done. */
    headOfStep: (txn: string): AuditHead | null => {
      const row = ofStep.get(txn)
      return row === undefined ? null : headOf(row)
    },
    /** The chain hash of an entry, hex; null where the log has none of that number. */
    hashAt: (seq: number): string | null => {
      const row = numbered.get(seq)
      return row === undefined && seq !== 0 ? null : headOf(row).hash
    },
    has: (hash: Buffer): boolean => known.get(hash) !== undefined,
    /** Whether something was ever done to a thing here. */
    hasAct: (action: string, object: string): boolean => act.get(action, object) !== undefined,
    /** The label under which a thing last left, or that of things without one. */
    lastLabel: (action: string, object: string): string => labelled.get(action, object)?.label ?? UNLABELLED,
    /** Newest first; `before` is the smallest seq already shown, or null to begin. */
    list: (before: number | null, limit = 200): AuditEntry[] => page.all(before ?? Number.MAX_SAFE_INTEGER, limit),
  }
}

/** The only way rows get into the log. Call `append` inside the transaction of the act itself. */
export const auditWriter = (db: WritableDb, clock: Clock) => {
  const reader = auditReader(db)
  const boot = randomUUID()
  let lastAt: { wallMs: number; monoMs: number } | null = null
  const insert = db.prepare<(string | number | null | Buffer)[]>(
    `INSERT INTO audit (seq, at, mono, boot, actor, action, object, label, result, detail, alg, prev, hash)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  )
  const write = (act: Act, now: Date, monoMs: number): Buffer => {
    const head = reader.head()
    const row: Omit<AuditRow, 'hash'> = {
      seq: head.seq + 1,
      at: now.toISOString(),
      mono: monoMs,
      boot,
      actor: act.actor.office === '' ? act.actor.name : `${act.actor.name} · ${act.actor.office}`,
      action: act.action,
      object: act.object ?? null,
      label: act.label ?? UNLABELLED,
      result: act.result ?? 'ok',
      detail: toJson(act.detail ?? {}),
      alg: 'sha256',
      prev: Buffer.from(head.hash, 'hex'),
    }
    const hash = chainHash(row)
    insert.run(...Object.values(row), hash)
    return hash
  }
  return {
    ...reader,
    /** Adds an entry and returns its hash; notes first when the wall clock was turned since the last one. */
    append(act: Act): Buffer {
      const now = clock()
      const monoMs = Math.round(performance.now())
      const jumpMs = lastAt === null ? 0 : now.getTime() - lastAt.wallMs - (monoMs - lastAt.monoMs)
      if (Math.abs(jumpMs) > JUMP_MS) write({ actor: SYSTEM, action: 'clock.jumped', detail: { jumpMs } }, now, monoMs)
      lastAt = { wallMs: now.getTime(), monoMs }
      return write(act, now, monoMs)
    },
  }
}

export type AuditWriter = ReturnType<typeof auditWriter>
