import { AppError } from '../errors.ts'
import { ClipKernel } from './clip.ts'
import type { LayerColumns } from './columns.ts'
import { mergedParts } from './edge-merge.ts'
import type { Geos } from './geos.ts'
import { partAreaM2 } from './measure.ts'
import type { PartEdges } from './edges.ts'
import { ascending } from './overlay-area.ts'
import { overlapOfParts } from './pair-area.ts'
import { NONE, type OverlayNote, type PieceBuilder } from './pieces.ts'
import { edgesOf, featureOfPart, partsMeeting } from './prepared.ts'
import { RingBuffer } from './ring-buffer.ts'
import { lookAtPart, ringSet, type RingSet } from './ring-set.ts'
import { anyOverlap, NOISE_MM2 } from './self-overlap.ts'
import { areaOfParts, snappedFromParts, snappedParts, soundParts } from './snapped-parts.ts'
import { partRings } from './sound-layer.ts'

/** What of each feature of the first layer is wanted. */
export interface SweepWants {
  /** Its ground in the other layer: one piece for each feature there, or all of it as one piece, or none. */
  inside: 'pieces' | 'whole' | 'none'
  /** Its ground that the other layer does not cover. */
  outside: boolean
}

/** What a sweep reads and where it writes. Both layers must be sound (`sound-layer.ts`). */
export interface SweepTask {
  geos: Geos
  a: LayerColumns
  b: LayerColumns
  wants: SweepWants
  selectB: (feature: number) => boolean
  pieces: PieceBuilder
  /** True when `a` is the overlay's second layer, so that sources are written the other way round. */
  isSwapped: boolean
}

type How = 'intersection' | 'difference'

/** Two areas of the same ground agree when they differ by less than a square millimetre and what doubles lose over the box. */
const TOLERANCE_MM2 = 1
const LOST_PER_MM2 = 1e-12

/** A part of the first layer and the parts of the other that share ground with it, with the area kernel's figures. */
interface Meeting {
  part: number
  areaMm2: number
  others: number[]
  sharedMm2: number[]
  overlapMm2: number
  toleranceMm2: number
}

/** The pairs of parts of a feature with several parts, by the other layer's parts. */
function pairsOf(meetings: readonly Meeting[]): { meeting: Meeting; at: number; other: number }[] {
  return meetings
    .flatMap((meeting) => meeting.others.map((other, at) => ({ meeting, at, other })))
    .sort((one, other) => one.other - other.other)
}

/** Goes through features of one layer and cuts each against the other layer. */
export class Sweep {
  readonly #task: SweepTask
  readonly #ownersB: Uint32Array
  readonly #edgesA: PartEdges
  readonly #edgesB: PartEdges
  /** Areas of the other layer's parts, mm²; NaN until one is asked for. */
  readonly #areasB: Float64Array
  readonly #kernel = new ClipKernel()
  readonly #left = ringSet()
  readonly #right = ringSet()
  readonly #rings = new RingBuffer()
  #feature = 0
  #dustMm2 = 0
  /** Parts of the result feature that `#end` will end, and from how many cuts they come. */
  #parts: Float64Array[][] = []
  #cuts = 0
  /** The next cut makes all of a result feature, so that it need not be compared with others; and whether it is stored already. */
  #isWhole = false
  #isStored = false

  constructor(task: SweepTask) {
    this.#task = task
    this.#ownersB = featureOfPart(task.b)
    this.#edgesA = edgesOf(task.a)
    this.#edgesB = edgesOf(task.b)
    this.#areasB = new Float64Array(task.b.partOff.length - 1).fill(NaN)
  }

  /** Cuts one feature and accounts for it. */
  feature(feature: number): void {
    const { a, wants, pieces } = this.#task
    this.#feature = feature
    this.#dustMm2 = 0
    const meetings: Meeting[] = []
    for (let part = a.featureOff[feature] ?? 0; part < (a.featureOff[feature + 1] ?? 0); part += 1)
      meetings.push(this.#meet(part))
    let expectedMm2 = 0
    let foundMm2 = 0
    if (wants.inside === 'pieces') {
      foundMm2 = this.#cutPieces(meetings)
      for (const { overlapMm2 } of meetings) expectedMm2 += overlapMm2
    }
    if (wants.inside === 'whole') {
      const whole = this.#cutWhole(meetings, 'intersection')
      foundMm2 += whole.foundMm2
      expectedMm2 += whole.expectedMm2
    }
    if (wants.outside) {
      const rest = this.#cutWhole(meetings, 'difference')
      foundMm2 += rest.foundMm2
      expectedMm2 += rest.expectedMm2
    }
    const givenMm2 = meetings.reduce((sum, { areaMm2 }) => sum + areaMm2, 0)
    pieces.account(givenMm2 / 1e6, expectedMm2 / 1e6, foundMm2 / 1e6, this.#dustMm2 / 1e6)
  }

  /** Finds who shares ground with a part. The area kernel decides; what it finds is what the pieces are checked against. */
  #meet(part: number): Meeting {
    const { a, b, selectB, pieces } = this.#task
    const { partBox } = a
    const minX = partBox[4 * part] ?? 0
    const minY = partBox[4 * part + 1] ?? 0
    const maxX = partBox[4 * part + 2] ?? 0
    const maxY = partBox[4 * part + 3] ?? 0
    const meeting: Meeting = {
      part,
      areaMm2: partAreaM2(a, part) * 1e6,
      others: [],
      sharedMm2: [],
      overlapMm2: 0,
      toleranceMm2: TOLERANCE_MM2 + LOST_PER_MM2 * (maxX - minX) * (maxY - minY),
    }
    for (const other of ascending(partsMeeting(b, minX, minY, maxX, maxY))) {
      if (!selectB(this.#ownersB[other] ?? 0)) continue
      pieces.candidates += 1
      const shared = overlapOfParts(this.#edgesA, part, partBox, this.#edgesB, other, b.partBox)
      if (shared <= NOISE_MM2) continue
      meeting.others.push(other)
      meeting.sharedMm2.push(shared)
      meeting.overlapMm2 += shared
    }
    return meeting
  }

  /** One result feature for each feature of the other layer. Returns the area found. */
  #cutPieces(meetings: readonly Meeting[]): number {
    const [only] = meetings
    if (only === undefined) return 0
    const pairs = meetings.length === 1 ? null : pairsOf(meetings)
    const count = pairs?.length ?? only.others.length
    let foundMm2 = 0
    let pieceMm2 = 0
    for (let index = 0; index < count; index += 1) {
      const { meeting, at } = pairs?.[index] ?? { meeting: only, at: index }
      const other = meeting.others[at] as number
      const owner = this.#ownersB[other] as number
      const next = pairs === null ? only.others[index + 1] : pairs[index + 1]?.other
      const isLast = next === undefined || this.#ownersB[next] !== owner
      this.#isWhole = isLast && this.#cuts === 0
      pieceMm2 += this.#cutPair(meeting, other, meeting.sharedMm2[at] as number)
      if (!isLast) continue
      this.#task.pieces.pairs += 1
      this.#end(owner, pieceMm2)
      foundMm2 += pieceMm2
      pieceMm2 = 0
    }
    return foundMm2
  }

  /** Where one part covers the other the piece is that part, as it is; nothing needs to be cut. */
  #cutPair(meeting: Meeting, other: number, sharedMm2: number): number {
    const { a, b } = this.#task
    const { part, areaMm2, toleranceMm2 } = meeting
    if (Math.abs(areaMm2 - sharedMm2) <= toleranceMm2) this.#addPartOf(a, part)
    else if (Math.abs(this.#areaOfB(other) - sharedMm2) <= toleranceMm2) this.#addPartOf(b, other)
    else {
      lookAtPart(this.#right, b, other)
      return this.#cut(meeting, [other], this.#right, 'intersection', sharedMm2)
    }
    return sharedMm2
  }

  #areaOfB(part: number): number {
    let area = this.#areasB[part] ?? NaN
    if (Number.isNaN(area)) {
      area = partAreaM2(this.#task.b, part) * 1e6
      this.#areasB[part] = area
    }
    return area
  }

  /** One result feature: what the feature shares with the other layer, or has without it. */
  #cutWhole(meetings: readonly Meeting[], how: How): { expectedMm2: number; foundMm2: number } {
    let [expectedMm2, foundMm2, pieceMm2] = [0, 0, 0]
    this.#isWhole = meetings.length === 1
    for (const meeting of meetings) {
      const { part, others, areaMm2, overlapMm2, toleranceMm2 } = meeting
      const owners = new Set(others.map((other) => this.#ownersB[other] ?? 0))
      if ((owners.size > 1 && anyOverlap(this.#task.b, owners)) || overlapMm2 > areaMm2 + toleranceMm2) {
        this.#note('overlapping', NONE, part)
        expectedMm2 += areaMm2 - this.#areaByGeos(part, others, how === 'intersection' ? 'difference' : 'intersection')
        pieceMm2 += this.#cutByGeos(part, others, how)
        continue
      }
      const expected = how === 'intersection' ? overlapMm2 : areaMm2 - overlapMm2
      expectedMm2 += expected
      if (expected <= toleranceMm2) {
        this.#dustMm2 += Math.max(0, expected)
        foundMm2 += expected
      } else if (areaMm2 - expected <= toleranceMm2) {
        // a part that the other layer does not touch, or covers wholly, stays as it is
        this.#addPartOf(this.#task.a, part)
        pieceMm2 += expected
      } else {
        pieceMm2 += this.#cut(meeting, others, this.#ringsOf(others), how, expected)
      }
    }
    this.#end(NONE, pieceMm2)
    return { expectedMm2, foundMm2: foundMm2 + pieceMm2 }
  }

  #ringsOf(others: readonly number[]): RingSet {
    const [only, ...more] = others
    if (only === undefined || more.length > 0) return mergedParts(this.#task.b, others)
    lookAtPart(this.#right, this.#task.b, only)
    return this.#right
  }

  /** Adds the ground of a part inside or outside a ring set; by GEOS where the kernel fails or disagrees. Returns its area. */
  #cut({ part, toleranceMm2 }: Meeting, others: readonly number[], right: RingSet, how: How, expectedMm2: number): number {
    const rings = this.#rings
    lookAtPart(this.#left, this.#task.a, part)
    rings.clear()
    const isSound = this.#kernel.read(this.#left, right) && this.#kernel[how](rings)
    let areaMm2 = 0
    for (let ring = 0; ring < rings.rings; ring += 1) areaMm2 += rings.area[ring] as number
    if (!isSound || Math.abs(areaMm2 - expectedMm2) > toleranceMm2) {
      const owner = others.length === 1 ? (this.#ownersB[others[0] ?? 0] ?? NONE) : NONE
      this.#note(isSound ? 'area-differs' : 'not-valid', owner, part)
      return this.#cutByGeos(part, others, how)
    }
    if (this.#isWhole && this.#task.pieces.addRounded(rings)) {
      this.#isStored = true
      return areaMm2
    }
    const { parts, isMended } = snappedParts(rings, this.#task.geos)
    if (isMended) this.#note('rounding', others.length === 1 ? (this.#ownersB[others[0] ?? 0] ?? NONE) : NONE, part)
    this.#add(parts)
    return areaMm2
  }

  #cutByGeos(part: number, others: readonly number[], how: How): number {
    const parts = this.#geosParts(part, others, how)
    this.#add(snappedFromParts(parts, this.#task.geos))
    return areaOfParts(parts)
  }

  #areaByGeos = (part: number, others: readonly number[], how: How): number => areaOfParts(this.#geosParts(part, others, how))

  #geosParts(part: number, others: readonly number[], how: How): Float64Array[][] {
    const { geos, a, b } = this.#task
    const parts = geos.clip(how, a, [part], b, others)
    if (parts === null) throw new AppError('analysis.overlay-failed', { layer: a.name, fid: a.fid[this.#feature] ?? 0 })
    return parts
  }

  /** A part as it is; straight into the result where it is the whole feature. */
  #addPartOf(layer: LayerColumns, part: number): void {
    if (!this.#isWhole) return this.#add([partRings(layer, part)])
    this.#task.pieces.addPartOf(layer, part)
    this.#isStored = true
  }

  #add(parts: readonly Float64Array[][]): void {
    this.#parts.push(...parts)
    this.#cuts += 1
  }

  /** Ends a result feature; what is left of it on the millimetre grid decides whether there is one. */
  #end(owner: number, areaMm2: number): void {
    const { geos, pieces, isSwapped } = this.#task
    const isStored = this.#isStored
    this.#isStored = false
    let parts = this.#parts
    if (this.#cuts > 1) {
      // each cut is sound by itself, but rounding may have pushed one into another
      const together = soundParts(parts, geos)
      if (together.isMended) this.#note('rounding', owner, this.#task.a.featureOff[this.#feature] ?? 0)
      parts = together.parts
    }
    this.#parts = []
    this.#cuts = 0
    if (parts.length === 0 && !isStored) {
      this.#dustMm2 += areaMm2
      return
    }
    for (const part of parts) pieces.addPart(part)
    const [sourceA, sourceB] = isSwapped ? [owner, this.#feature] : [this.#feature, owner]
    pieces.endFeature(sourceA, sourceB, areaMm2 / 1e6)
  }

  #note(reason: OverlayNote['reason'], other: number, part: number): void {
    const { a, pieces, isSwapped } = this.#task
    const [minX = 0, minY = 0, maxX = 0, maxY = 0] = a.partBox.subarray(4 * part, 4 * part + 4)
    const [featureA, featureB] = isSwapped ? [other, this.#feature] : [this.#feature, other]
    pieces.notes.push({ reason, featureA, featureB, x: (minX + maxX) / 2, y: (minY + maxY) / 2 })
  }
}
