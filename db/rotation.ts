export type BackupKind = 'regular' | 'pre-migration'

/** What rotation looks at. Order is the sequence number's; the time only says which hour or day a copy stands for. */
export interface RotationRecord {
  seq: number
  kind: BackupKind
  /** ISO time by the wall clock of that moment, which may have been wrong. */
  at: string
}

const MINUTE_MS = 60_000

/** How many are kept, and which copies stand for the same stretch of time. */
const TIERS: readonly { keep: number; bucket: (at: Date) => string }[] = [
  { keep: 4, bucket: (at) => String(Math.floor(at.getTime() / (15 * MINUTE_MS))) },
  { keep: 24, bucket: (at) => String(Math.floor(at.getTime() / (60 * MINUTE_MS))) },
  { keep: 14, bucket: (at) => at.toISOString().slice(0, 10) },
  { keep: 12, bucket: (at) => at.toISOString().slice(0, 7) },
]
const KEEP_PRE_MIGRATION = 3

/**
 * Which copies to remove: keeps the newest of each of the last 4 quarter-hours, 24 hours, 14 days and 12 months that have one,
 * and 3 from before migrations. The newest copy is always kept, whatever the clocks said.
 * @returns sequence numbers to remove, ascending
 */
export function toRemove(records: readonly RotationRecord[]): number[] {
  const newestFirst = records.toSorted((a, b) => b.seq - a.seq)
  const regular = newestFirst.filter((record) => record.kind === 'regular')
  const kept = new Set(newestFirst.slice(0, 1).map((record) => record.seq))
  for (const { keep, bucket } of TIERS) {
    let previous: string | null = null
    let runs = 0
    for (const record of regular) {
      const current = bucket(new Date(record.at))
      if (current === previous) continue
      if (runs === keep) break
      previous = current
      runs += 1
      kept.add(record.seq)
    }
  }
  const preMigration = newestFirst.filter((record) => record.kind === 'pre-migration')
  for (const record of preMigration.slice(0, KEEP_PRE_MIGRATION)) kept.add(record.seq)
  return records.flatMap((record) => (kept.has(record.seq) ? [] : [record.seq])).toSorted((a, b) => a - b)
}
