import * as z from 'zod'
import type { LayerId, PlanId } from '../model/ids.ts'
import type { Measurement } from '../model/measurement.ts'
import { ROLE_IDS } from '../model/roles.ts'
import { id, procedure } from './procedure.ts'

/** What a run would take on this machine: an estimate, never a promise. */
export interface RunEstimate {
  seconds: number
  memoryMb: number
  machineMemoryMb: number
  /** What of it no program uses now. */
  freeMemoryMb: number
  /** Whether the memory is there: `tight` above two thirds of what is free, `no` above all of it: `analysis.run` refuses then. */
  fits: 'yes' | 'tight' | 'no'
  features: number
  vertices: number
  /** The result is at hand: a run takes milliseconds. */
  cached: boolean
  /** Runs on this machine that the estimate was learned from; 0 when only a short trial stands behind it. */
  learnedFrom: number
}

/** What an edit came to: the measurements that were made anew, whether or not their values differ. */
export interface SessionAnswer {
  changed: Measurement[]
  /** Milliseconds of computing. */
  ms: number
  /** How many edits can be taken back. */
  undoable: number
  /** Slow indicators whose measurement is of an earlier state. */
  waiting: string[]
}

/** Coordinates of any system are below this; a shape that does not fit the frame is refused later. */
const FARTHEST = 1e8
const ring = z.array(z.number().min(-FARTHEST).max(FARTHEST)).min(2).max(400_000)
/** Parts → rings → x,y,x,y… in metres: the first ring of a polygon part is its shell. */
const parts = z.array(z.array(ring).min(1).max(10_000)).min(1).max(10_000)
const attributes = z.record(z.string().min(1).max(40), z.union([z.string().max(500), z.number(), z.boolean(), z.null()]))
const layerId = id<LayerId>()
const fid = z.number().int().nonnegative()
const drawn = z.number().int().positive()

/** One change of a plan in memory; the stored plan stays as it is. */
export const sessionEdit = z.discriminatedUnion('change', [
  z.strictObject({ change: z.literal('geometry'), layerId, fid, parts }),
  z.strictObject({ change: z.literal('attributes'), layerId, fid, attributes }),
  z.strictObject({ change: z.literal('add'), layerId, parts, attributes }),
  z.strictObject({ change: z.literal('delete'), layerId, fid }),
  /** Adds to a role whether or not the plan has a layer of it; its preferred kind of geometry unless another is named. */
  z.strictObject({
    change: z.literal('draw'),
    role: z.enum(ROLE_IDS),
    kind: z.enum(['polygon', 'line', 'point']).optional(),
    parts,
    attributes,
  }),
  /** What was drawn or added before, by its number: the first is 1, whatever its role. */
  z.strictObject({ change: z.literal('redraw'), drawn, parts }),
  z.strictObject({ change: z.literal('rewrite'), drawn, attributes }),
  z.strictObject({ change: z.literal('erase'), drawn }),
])
export type SessionEdit = z.infer<typeof sessionEdit>

const session = z.strictObject({ sessionId: z.string().min(1).max(64) })

/** Asking before a run, and trying edits out on a plan in memory (what if). */
export const analysisProcedures = {
  'analysis.estimate': procedure(z.strictObject({ planId: id<PlanId>() })).returns<RunEstimate>(),
  /** Reads a plan into memory and measures it; at most three sessions are open, the oldest gives way. */
  'analysis.sessionOpen': procedure(z.strictObject({ planId: id<PlanId>() })).returns<{
    sessionId: string
    measurements: Measurement[]
  }>(),
  /** All edits or none; only what depends on them is measured again. */
  'analysis.sessionEdit': procedure(
    session.extend({
      edits: z.array(sessionEdit).min(1).max(1000),
      /** What the shapes are told in: metres of the plan's frame, as the map has them (when absent), or the plan's own system. */
      coordinates: z.enum(['frame', 'plan']).optional(),
      /** Leave slow indicators for `sessionSettle`, so that the answer comes while a person watches. */
      leaveSlow: z.boolean().optional(),
    }),
  ).returns<SessionAnswer>(),
  /** Measures the slow indicators that edits left for later. */
  'analysis.sessionSettle': procedure(session).returns<SessionAnswer>(),
  'analysis.sessionUndo': procedure(session).returns<SessionAnswer>(),
  'analysis.sessionClose': procedure(session).returns<void>(),
}
