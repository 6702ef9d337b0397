import type { Bilingual } from '../text.ts'
import type { ResultTable } from './result-table.ts'
import type { BaseUnit } from './units.ts'

/** A feature that proves a number: the map can show it, the memo can name it. `layer` is the layer's role. */
export interface EvidenceFeature {
  layer: string
  /** Feature id in the plan's GeoPackage table (its `fid`). */
  fid: number
  /** Why it is evidence, in a few words ("0.8 ha inside the eco redline"). */
  note?: Bilingual
  /** Size of its contribution in the indicator's base unit or m². */
  value?: number
}

/** What an indicator found. Missing data is an outcome with a sentence, never a zero. */
export type Outcome = { kind: 'value'; value: number; unit: BaseUnit } | { kind: 'missing'; why: Bilingual; needs: string[] }

/** How figures were measured: on the ellipsoid, or in a plane because the data has no place on Earth. */
export type Basis = 'ellipsoidal' | 'planar'

/** How far was measured: along the ground of a network, straight, or straight times a detour factor. */
export type DistanceMethod = 'network' | 'straight' | 'detour'

/** What a reader must know before a value is used. Absent members mean that the question does not arise. */
export interface Quality {
  distance?: DistanceMethod
  /** What stands for something that was not given: land area for floor area, classes for cover. */
  proxies?: Bilingual[]
  /** Share of the data that the value could see, 0 … 1: parcels with a class, people with a place. */
  seenShare?: number
  /** Where inputs differ: the same formula with each of them, in the value's base unit. */
  range?: { low: number; high: number; why: Bilingual }
}

/** One indicator applied to one plan; stored as it is, scores are derived from it. */
export interface Measurement {
  id: string
  version: number
  outcome: Outcome
  /** One sentence that a reader can check: what was divided by what, with which parameters. */
  method: Bilingual
  basis: Basis
  /** Parameters as used, in base units. */
  parameters: Record<string, number>
  /** Parts of the number: plain JSON, keys with units in their names. Rules of a checklist may read them. */
  details: Record<string, unknown>
  /** Up to the cap of the indicator, largest first; `evidenceTotal` says how many there are in all. */
  evidence: EvidenceFeature[]
  evidenceTotal: number
  /** Content hashes of the layers read, by role: a changed input makes the measurement stale. */
  inputs: Record<string, string>
  /** Remarks about fallbacks and proxies that the memo must print. */
  notes: Bilingual[]
  /** Absent in measurements made before tables and quality were kept. */
  tables?: ResultTable[]
  quality?: Quality
}
