import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Tally } from './campaign.ts'
import { FAULTS, type Fault } from './faults.ts'

/** What the last long campaign against one lane found. */
export interface LaneRecord {
  /** Day of the campaign, UTC. */
  date: string
  /** Number of the first mutant: with the lane's name it makes every one of them again. */
  from: number
  mutants: number
  seeds: number
  read: number
  refused: number
  faults: Record<Fault, number>
}

const FILE = path.join(import.meta.dirname, 'record.json')

/** The record that docs/formats.md shows: lane → its last campaign. */
export const readRecord = (): Record<string, LaneRecord> => JSON.parse(readFileSync(FILE, 'utf8')) as Record<string, LaneRecord>

/** How often each fault was found. */
export const faultsOf = ({ findings }: Tally): Record<Fault, number> =>
  Object.fromEntries(FAULTS.map((fault) => [fault, findings.filter((one) => one.fault === fault).length])) as Record<
    Fault,
    number
  >

/** Enters a campaign; those against other lanes stay. */
export function enterRecord(lane: string, record: LaneRecord): void {
  const all = { ...readRecord(), [lane]: record }
  const sorted = Object.fromEntries(Object.entries(all).toSorted(([one], [other]) => (one < other ? -1 : 1)))
  writeFileSync(FILE, `${JSON.stringify(sorted, null, 2)}\n`)
}
