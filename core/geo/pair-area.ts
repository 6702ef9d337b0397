import { BLOCK, GROUP, type PartEdges } from './edges.ts'
import { wholeOrNothing } from './whole-or-nothing.ts'

/** Widest common box that is integrated in one go: places in it fit 31 bits. */
const WIDEST = 2 ** 31 - 1
/** Edges above which the longer side is passed over in runs that lie elsewhere. */
const MANY = 48
const RUN = 16

/** Edges of one part that matter to a pair, moved to the pair's corner. */
class EdgeRun {
  /** Left and right end of each edge, cut to the pair's range: whole numbers from 0 to its width. */
  left: Int32Array = new Int32Array(256)
  right: Int32Array = new Int32Array(256)
  /** A place on each edge, its slope, and its sign. */
  static readonly STRIDE = 4
  lines: Float64Array = new Float64Array(256 * EdgeRun.STRIDE)
  /** Least left and greatest right end of each `RUN` edges. */
  runLeft: Int32Array = new Int32Array(16)
  runRight: Int32Array = new Int32Array(16)
  length = 0
  /** Where a boundary that runs above all that matters began, and where it has come to; meaningless while it does not. */
  isAbove = false
  aboveFrom = 0
  aboveTo = 0

  reserve(more: number): void {
    if (this.length + more <= this.left.length) return
    const size = 2 * (this.length + more)
    const wider = <T extends Int32Array | Float64Array>(values: T, into: T): T => {
      into.set(values)
      return into
    }
    this.left = wider(this.left, new Int32Array(size))
    this.right = wider(this.right, new Int32Array(size))
    this.lines = wider(this.lines, new Float64Array(size * EdgeRun.STRIDE))
  }

  /** All of a boundary that ran above as one level edge: what lies to and fro cancels. */
  addLevel(from: number, to: number, fromX: number, toX: number, height: number): void {
    const isTop = to < from
    const leftX = isTop ? to : from
    const rightX = isTop ? from : to
    const cutLeft = leftX < fromX ? 0 : leftX - fromX
    const cutRight = (rightX > toX ? toX : rightX) - fromX
    if (cutLeft >= cutRight) return
    const at = this.length
    this.left[at] = cutLeft
    this.right[at] = cutRight
    const line = at * EdgeRun.STRIDE
    this.lines[line] = 0
    this.lines[line + 1] = height
    this.lines[line + 2] = 0
    this.lines[line + 3] = isTop ? 1 : -1
    this.length = at + 1
  }

  bound(): void {
    const runs = Math.ceil(this.length / RUN)
    if (this.runLeft.length < runs) {
      this.runLeft = new Int32Array(2 * runs)
      this.runRight = new Int32Array(2 * runs)
    }
    for (let run = 0; run < runs; run += 1) {
      let [low, high] = [WIDEST, 0]
      for (let at = run * RUN; at < Math.min(this.length, (run + 1) * RUN); at += 1) {
        if ((this.left[at] as number) < low) low = this.left[at] as number
        if ((this.right[at] as number) > high) high = this.right[at] as number
      }
      this.runLeft[run] = low
      this.runRight[run] = high
    }
  }
}

const runA = new EdgeRun()
const runB = new EdgeRun()
/** Edges of one block that may matter. */
const near = new Int32Array(8 * BLOCK)

/**
 * Area of overlap of two polygon parts in mm²: no overlap is built. With every edge written from left to right and signed +1 where it bounds its polygon from
 * above, area(A ∩ B) = Σ Σ signₐ · sign_b · ∫ min(yₐ, y_b) dx over the common x-range of each pair of edges: a trapezoid variant
 * of the area-only overlay of W. R. Franklin (OVERPROP, 1994). Rounding only, for valid rings.
 */
export function overlapOfParts(
  edgesA: PartEdges,
  partA: number,
  boxA: Int32Array,
  edgesB: PartEdges,
  partB: number,
  boxB: Int32Array,
): number {
  const fromX = Math.max(boxA[4 * partA] as number, boxB[4 * partB] as number)
  const toX = Math.min(boxA[4 * partA + 2] as number, boxB[4 * partB + 2] as number)
  const bottomA = boxA[4 * partA + 1] as number
  const bottomB = boxB[4 * partB + 1] as number
  const top = Math.min(boxA[4 * partA + 3] as number, boxB[4 * partB + 3] as number)
  const fromY = Math.max(bottomA, bottomB)
  if (fromX >= toX || fromY >= top) return 0
  const whole = wholeOrNothing(edgesA, partA, boxA, edgesB, partB) ?? wholeOrNothing(edgesB, partB, boxB, edgesA, partA)
  if (whole !== undefined) return whole
  let areaMm2 = 0
  for (let from = fromX; from < toX; from += WIDEST) {
    const to = Math.min(toX, from + WIDEST)
    gather(edgesA, partA, runA, from, to, fromY, bottomB, top)
    if (runA.length === 0) continue
    gather(edgesB, partB, runB, from, to, fromY, bottomA, top)
    areaMm2 += runA.length > runB.length && runA.length > MANY ? integrate(runB, runA) : integrate(runA, runB)
  }
  return areaMm2
}

/**
 * Collects a part's edges within an x-range. Edges wholly below the other polygon's lowest point are left out: at every x the
 * signs of the other's edges cancel, so that they add nothing. Edges wholly above `top`, where one of the polygons ends, are
 * never the lower one: a boundary that runs there counts as one level edge from where it begins to where it ends.
 */
function gather(
  edges: PartEdges,
  part: number,
  run: EdgeRun,
  fromX: number,
  toX: number,
  fromY: number,
  floor: number,
  top: number,
): void {
  const first = edges.offset[part] as number
  const end = edges.offset[part + 1] as number
  run.length = 0
  run.isAbove = false
  if ((edges.firstBlock[part] as number) < 0) gatherEdges(edges, first, end, run, fromX, toX, fromY, floor, top)
  else gatherBlocks(edges, part, run, fromX, toX, fromY, floor, top)
  if (run.isAbove) run.addLevel(run.aboveFrom, run.aboveTo, fromX, toX, top - fromY)
}

/** The same for a long part: groups and blocks of its edges that lie elsewhere, or wholly above, are not looked into. */
function gatherBlocks(
  edges: PartEdges,
  part: number,
  run: EdgeRun,
  fromX: number,
  toX: number,
  fromY: number,
  floor: number,
  top: number,
): void {
  const { blocks, groups, blockPath, groupPath } = edges
  const first = edges.offset[part] as number
  const end = edges.offset[part + 1] as number
  const firstBlock = edges.firstBlock[part] as number
  const firstGroup = edges.firstGroup[part] as number
  const count = Math.ceil((end - first) / BLOCK)
  const isPassed = (bounds: Float64Array, path: Float64Array, at: number): boolean => {
    if (isOff(bounds, at, fromX, toX, floor)) return true
    if (!isAbove(bounds, path, at, top)) return false
    goAbove(run, path[2 * at] as number, path[2 * at + 1] as number, fromX, toX, top - fromY)
    return true
  }
  for (let block = 0; block < count;) {
    if (block % GROUP === 0 && isPassed(groups, groupPath, firstGroup + block / GROUP)) {
      block += GROUP
      continue
    }
    if (!isPassed(blocks, blockPath, firstBlock + block)) {
      const from = first + block * BLOCK
      gatherEdges(edges, from, Math.min(end, from + BLOCK), run, fromX, toX, fromY, floor, top)
    }
    block += 1
  }
}

const isOff = (bounds: Float64Array, at: number, fromX: number, toX: number, floor: number): boolean =>
  (bounds[4 * at] as number) >= toX || (bounds[4 * at + 1] as number) <= fromX || (bounds[4 * at + 3] as number) <= floor

/** Whether a run of edges is one line that lies wholly above. */
const isAbove = (bounds: Float64Array, path: Float64Array, at: number, top: number): boolean =>
  (bounds[4 * at + 2] as number) >= top && !Number.isNaN(path[2 * at] as number)

function gatherEdges(
  { ends, sign }: PartEdges,
  first: number,
  end: number,
  run: EdgeRun,
  fromX: number,
  toX: number,
  fromY: number,
  floor: number,
  top: number,
): void {
  // a line that runs above takes the place of its edges; one may have begun before, and one may be left at the end
  run.reserve(end - first + 2)
  // halves, rounded down, differ by less than 2^31; an edge too many adds nothing
  const [left, right, below] = [fromX >> 1, toX >> 1, floor >> 1]
  for (let from = first; from < end; from += near.length) {
    let found = 0
    for (let edge = from; edge < Math.min(end, from + near.length); edge += 1) {
      const at = edge << 2
      const isElsewhere =
        (right - ((ends[at] as number) >> 1)) |
        (((ends[at + 2] as number) >> 1) - left) |
        ((((ends[at + 1] as number) >> 1) - below) & (((ends[at + 3] as number) >> 1) - below))
      // counted without a branch, which could not be foreseen
      near[found] = edge
      found += 1 + (isElsewhere >> 31)
    }
    takeEdges(ends, sign, found, run, fromX, toX, fromY, top)
  }
}

/** Cuts near edges to the range; those above are one line. */
function takeEdges(
  ends: Int32Array,
  sign: Int8Array,
  found: number,
  run: EdgeRun,
  fromX: number,
  toX: number,
  fromY: number,
  top: number,
): void {
  const { left: lefts, right: rights, lines } = run
  let { length: to, isAbove, aboveFrom, aboveTo } = run
  for (let index = 0; index < found; index += 1) {
    const edge = near[index] as number
    const leftX = ends[4 * edge] as number
    const leftY = ends[4 * edge + 1] as number
    const rightX = ends[4 * edge + 2] as number
    const rightY = ends[4 * edge + 3] as number
    if (leftY >= top && rightY >= top) {
      const isTop = (sign[edge] as number) > 0
      const from = isTop ? rightX : leftX
      if (isAbove && aboveTo !== from) {
        run.length = to
        run.addLevel(aboveFrom, aboveTo, fromX, toX, top - fromY)
        to = run.length
        isAbove = false
      }
      if (!isAbove) {
        isAbove = true
        aboveFrom = from
      }
      aboveTo = isTop ? leftX : rightX
      continue
    }
    const cutLeft = leftX < fromX ? 0 : leftX - fromX
    const cutRight = (rightX > toX ? toX : rightX) - fromX
    if (cutLeft >= cutRight) continue
    lefts[to] = cutLeft
    rights[to] = cutRight
    const line = to * EdgeRun.STRIDE
    lines[line] = leftX - fromX
    lines[line + 1] = leftY - fromY
    lines[line + 2] = (rightY - leftY) / (rightX - leftX)
    lines[line + 3] = sign[edge] as number
    to += 1
  }
  run.length = to
  run.isAbove = isAbove
  run.aboveFrom = aboveFrom
  run.aboveTo = aboveTo
}

/** The boundary runs above from one place to another: it goes on where it was, or ends there and begins anew. */
function goAbove(run: EdgeRun, from: number, to: number, fromX: number, toX: number, height: number): void {
  if (run.isAbove && run.aboveTo !== from) {
    run.reserve(2)
    run.addLevel(run.aboveFrom, run.aboveTo, fromX, toX, height)
    run.isAbove = false
  }
  if (!run.isAbove) {
    run.isAbove = true
    run.aboveFrom = from
  }
  run.aboveTo = to
}

/** Σ Σ signₐ · sign_b · ∫ min(yₐ, y_b) dx over the pair's width. */
function integrate(a: EdgeRun, b: EdgeRun): number {
  let twice = 0
  const isLong = b.length > MANY
  if (isLong) b.bound()
  for (let i = 0; i < a.length; i += 1) {
    let under = 0
    if (!isLong) under = underLower(a, i, b, 0, b.length)
    else {
      const left = a.left[i] as number
      const right = a.right[i] as number
      for (let run = 0, from = 0; from < b.length; run += 1, from += RUN) {
        if ((b.runLeft[run] as number) >= right || (b.runRight[run] as number) <= left) continue
        under += underLower(a, i, b, from, Math.min(b.length, from + RUN))
      }
    }
    twice += (a.lines[i * EdgeRun.STRIDE + 3] as number) * under
  }
  return twice / 2
}

/** Twice the signed area under the lower of an edge and each of edges `from … end` of the other side. */
function underLower(a: EdgeRun, i: number, b: EdgeRun, from: number, end: number): number {
  const { left, right, lines } = b
  const aLeft = a.left[i] as number
  const aRight = a.right[i] as number
  const aX = a.lines[i * EdgeRun.STRIDE] as number
  const aY = a.lines[i * EdgeRun.STRIDE + 1] as number
  const aSlope = a.lines[i * EdgeRun.STRIDE + 2] as number
  let under = 0
  for (let j = from; j < end; j += 1) {
    // the greater left and the lesser right end, without branches
    const bLeft = left[j] as number
    const bRight = right[j] as number
    const leftGap = (bLeft - aLeft) | 0
    const rightGap = (bRight - aRight) | 0
    const start = (bLeft - (leftGap & (leftGap >> 31))) | 0
    const stop = (aRight + (rightGap & (rightGap >> 31))) | 0
    if (start >= stop) continue
    const line = j * EdgeRun.STRIDE
    const bX = lines[line] as number
    const bY = lines[line + 1] as number
    const bSlope = lines[line + 2] as number
    const aStart = aY + aSlope * (start - aX)
    const aStop = aY + aSlope * (stop - aX)
    const bStart = bY + bSlope * (start - bX)
    const bStop = bY + bSlope * (stop - bX)
    const before = aStart - bStart
    const after = aStop - bStop
    // the lower of two lines that do not cross is half their sum less half what they are apart
    const lower =
      before * after >= 0
        ? (aStart + aStop + bStart + bStop - Math.abs(before + after)) / 2
        : crossing(aStart, aStop, bStart, bStop, before, after)
    under += (lines[line + 3] as number) * lower * (stop - start)
  }
  return under
}

/** Twice the mean height of the lower of two lines that cross. */
function crossing(aStart: number, aStop: number, bStart: number, bStop: number, before: number, after: number): number {
  const share = before / (before - after)
  const height = aStart + (aStop - aStart) * share
  return before < 0
    ? (aStart + height) * share + (height + bStop) * (1 - share)
    : (bStart + height) * share + (height + aStop) * (1 - share)
}
