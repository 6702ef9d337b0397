import { AppError } from '../errors.ts'
import type { LayerColumns } from './columns.ts'
import type { Geos } from './geos.ts'
import { countedIds } from './joined.ts'
import { overlayAttributes } from './overlay-attributes.ts'
import { WANTS, type OverlayOperation } from './overlay-operation.ts'
import { overlayReport, type OverlayReport } from './overlay-report.ts'
import { Sweep, type SweepWants } from './overlay-sweep.ts'
import { joinPieces, PieceBuilder, type Pieces } from './pieces.ts'
import type { Select } from './overlay-area.ts'
import { withoutSlivers, type SliverPolicy, type SliverReport } from './slivers.ts'
import { soundLayer } from './sound-layer.ts'

export type { OverlayOperation } from './overlay-operation.ts'

/** A share of the work of one overlay: features `from … to` of the first (`a`) or second (`b`) layer. */
export interface OverlayTask {
  sweep: 'a' | 'b'
  wants: SweepWants
  from: number
  to: number
}

export interface OverlayOptions {
  /** Features that take part; all of them unless told. */
  selectA?: Select
  selectB?: Select
  /** Put before the names of the second layer's attributes that the first layer has too; `b_` unless told. */
  prefix?: string
  /** What to do with slivers; they stay, uncounted, unless told. */
  slivers?: SliverPolicy
}

/** A layer made by overlay. */
export interface OverlayResult {
  /** Role `other`, feature ids from 1, attributes of both sides; a side that a feature does not come from leaves its attributes empty. */
  layer: LayerColumns
  /** For every result feature the feature of each side that it comes from, or NONE (−1). */
  sourceA: Int32Array
  sourceB: Int32Array
  /** Area of every result feature in m² before its vertices were rounded to millimetres: sums of these are exact. */
  areaM2: Float64Array
  report: OverlayReport
  /** Where the ground of slivers went; null when no policy was asked for. The report's figures are those before. */
  slivers: SliverReport | null
}

/**
 * The tasks that together make an overlay, in the order in which their pieces are to be joined, of at most `chunk` features
 * each. Any chunk gives the same result.
 */
export function overlayTasks(operation: OverlayOperation, countA: number, countB: number, chunk = Infinity): OverlayTask[] {
  const tasks: OverlayTask[] = []
  for (const sweep of ['a', 'b'] as const) {
    const wants = WANTS[operation][sweep]
    if (wants === undefined) continue
    const count = sweep === 'a' ? countA : countB
    for (let from = 0; from < count || from === 0; from += chunk)
      tasks.push({ sweep, wants, from, to: Math.min(count, from + chunk) })
  }
  return tasks
}

/**
 * Does one task. Layers that are not valid on the millimetre grid are mended first. Each piece is checked against the area
 * kernel and made by GEOS where it differs.
 * Throws `analysis.overlay-failed` when even GEOS cannot cut a feature, `analysis.frames-differ` for layers of two frames.
 */
export function overlayPieces(
  geos: Geos,
  a: LayerColumns,
  b: LayerColumns,
  task: OverlayTask,
  options: OverlayOptions = {},
): Pieces {
  if (JSON.stringify(a.frame) !== JSON.stringify(b.frame)) throw new AppError('analysis.frames-differ', { role: b.role })
  const pieces = new PieceBuilder()
  const isSwapped = task.sweep === 'b'
  const [first, second] = isSwapped ? [b, a] : [a, b]
  const [wantsFirst, wantsSecond] = isSwapped ? [options.selectB, options.selectA] : [options.selectA, options.selectB]
  const sweep = new Sweep({
    geos,
    a: soundLayer(geos, first).layer,
    b: soundLayer(geos, second).layer,
    wants: task.wants,
    selectB: wantsSecond ?? (() => true),
    pieces,
    isSwapped,
  })
  for (let feature = task.from; feature < task.to; feature += 1) {
    if (wantsFirst === undefined || wantsFirst(feature)) sweep.feature(feature)
    else pieces.account(0, 0, 0, 0)
  }
  return pieces.finish()
}

/** The overlay's layer and report from the pieces of all its tasks, in order. */
export function overlayResult(
  geos: Geos,
  a: LayerColumns,
  b: LayerColumns,
  operation: OverlayOperation,
  done: readonly Pieces[],
  options: OverlayOptions = {},
): OverlayResult {
  const pieces = joinPieces(done)
  const { xy, ringOff, partOff, featureOff, partBox, sourceA, sourceB, areaM2 } = pieces
  const layer: LayerColumns = {
    role: 'other',
    name: `${a.name} · ${b.name}`,
    kind: 'polygon',
    frame: a.frame,
    sha256: '',
    count: sourceA.length,
    fid: countedIds(sourceA.length),
    xy,
    ringOff,
    partOff,
    featureOff,
    partBox,
    attributes: overlayAttributes(
      a,
      b,
      pieces,
      operation === 'clip' || operation === 'difference' ? null : (options.prefix ?? 'b_'),
    ),
  }
  const repairs = { a: soundLayer(geos, a).repairs, b: soundLayer(geos, b).repairs }
  const report = overlayReport(layer, pieces, operation, repairs)
  const made = { layer, sourceA, sourceB, areaM2 }
  if (options.slivers === undefined) return { ...made, report, slivers: null }
  const cleaned = withoutSlivers(made, options.slivers)
  return { ...cleaned.made, report, slivers: cleaned.report }
}

/** A whole overlay in one go. */
export function overlay(
  geos: Geos,
  a: LayerColumns,
  b: LayerColumns,
  operation: OverlayOperation,
  options: OverlayOptions = {},
): OverlayResult {
  const done = overlayTasks(operation, a.count, b.count).map((task) => overlayPieces(geos, a, b, task, options))
  return overlayResult(geos, a, b, operation, done, options)
}
