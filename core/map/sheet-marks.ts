import type { LayerColumns } from '../geo/columns.ts'
import { placeInside } from '../geo/inside.ts'
import type { EvidenceFeature } from '../model/measurement.ts'
import { anchorOf as placeOn } from '../overlays/anchor.ts'
import type { Severity } from '../review/finding.ts'
import type { Mark } from '../review/mark.ts'
import { drawShapes, PT_PER_PX } from './map-layers.ts'
import { BadgePlaces, type Place } from './badge-places.ts'
import { arrowHead, badgeCorners, cloudRing, SEVERITY_LOOKS, type SeverityLook } from './mark-looks.ts'
import { closedPath, PT_PER_MM, runPath, UNITS_PER_PT, type Paper } from './paper.ts'
import { paint, path, text, textWidth, wrapText, type TextStyle } from './svg.ts'

/** What the sheet has to know of a finding: its drawing, or else the features that it names. */
export interface SheetFinding {
  number: number
  /** What stands in its badge where that is not its number: drafts are named by their item. */
  name?: string
  severity: Severity
  mark?: Mark
  evidence: readonly EvidenceFeature[]
}

export interface DrawnFindings {
  svg: string
  /** Kinds of findings that can be seen, and how many places lie beyond the sheet. */
  seen: ReadonlySet<Severity>
  outside: number
}

const BADGE_PT = 4.8
const CLOUD_ARC_PT = 8
const HEAD_PT = 8
const LINE_PT = 1.4
const LABEL_PT = 6.5
const LABEL_WIDTH_PT = 78
const LABEL_LINES = 3
/** From the middle of a badge to the words beside it; a diamond is the widest. */
const BESIDE_PT = BADGE_PT * 1.3 + 3
/** Outlines of features that findings name, per kind of finding and layer. */
const OUTLINE_BUDGET = 3000
/** Nearer than this, places of a long line are one on paper. */
const SAME_PLACE_PT = 0.25
/** What lies far outside the sheet is drawn to here only: clipped anyway, and no printer sees a huge number. */
const FARTHEST_PT = 20_000

/** Draws the findings of a review over the map, each with its number. The same input gives the same drawing. */
export function findingMarks(findings: readonly SheetFinding[], layers: readonly LayerColumns[], paper: Paper): DrawnFindings {
  const named = findings.filter(({ mark, evidence }) => mark === undefined && evidence.length > 0)
  const outlines = outlinesSvg(named, layers, paper)
  const placeOf = featurePlaces(named, layers, paper)
  const badges = new BadgePlaces(paper, BADGE_PT)
  let [shapes, leaders, marks, outside] = ['', '', '', 0]
  const seen = new Set<Severity>()
  for (const finding of findings) {
    const xy = finding.mark && onPaper(finding.mark.xyM, paper)
    const at = finding.mark && xy ? anchorOf(finding.mark.kind, xy) : firstPlace(finding.evidence, placeOf)
    if (at === null) continue
    if (!isOnSheet(at, paper)) {
      outside += 1
      continue
    }
    const look = SEVERITY_LOOKS[finding.severity]
    if (finding.mark && xy) shapes += shapeSvg(finding.mark.kind, xy, look)
    const spot = badges.place(at)
    leaders += leaderSvg(spot, at, look)
    marks += badgeSvg(spot, finding.name ?? String(finding.number), look) + labelSvg(finding.mark?.label, spot, paper)
    seen.add(finding.severity)
  }
  return { svg: outlines + shapes + leaders + marks, seen, outside }
}

const isOnSheet = ([x, y]: Place, { widthPt, heightPt }: Paper): boolean => x >= 0 && y >= 0 && x <= widthPt && y <= heightPt

/** Places in points of the sheet, y down, without those that fall together. */
function onPaper(xyM: readonly number[], { windowM, denominator }: Paper): number[] {
  const ptPerM = (1000 * PT_PER_MM) / denominator
  const held = (value: number) => Math.min(FARTHEST_PT, Math.max(-FARTHEST_PT, value))
  const xy: number[] = []
  for (let at = 0; at + 1 < xyM.length; at += 2) {
    const x = held(((xyM[at] ?? 0) - windowM[0]) * ptPerM)
    const y = held((windowM[3] - (xyM[at + 1] ?? 0)) * ptPerM)
    const isNew = Math.hypot(x - (xy.at(-2) ?? Infinity), y - (xy.at(-1) ?? Infinity)) >= SAME_PLACE_PT
    if (isNew) xy.push(x, y)
  }
  return xy
}

/** Where the number of a drawing stands, on the screen too: at its place, at the start of a line, inside an area. */
const anchorOf = (kind: Mark['kind'], xy: readonly number[]): Place =>
  kind === 'area' || kind === 'cloud' ? placeInside([xy]) : [xy[0] ?? 0, xy[1] ?? 0]

const units = (xy: readonly number[]): number[] => xy.map((value) => value * UNITS_PER_PT)
const flat = (points: readonly Place[]): number[] => units(points.flat())

const lineOf = ({ colour, dash }: SeverityLook): string =>
  `${paint('stroke', colour)} stroke-width="${LINE_PT}" stroke-linejoin="round"${dash.length === 0 ? '' : ` stroke-dasharray="${dash.map((part) => part * PT_PER_PX * 0.6).join(' ')}"`}`
const HALO = ` fill="none" stroke="#FFFFFF" stroke-opacity="0.85" stroke-width="${LINE_PT + 1.8}" stroke-linejoin="round"`

/** The drawing itself; a point and a text have their number only. */
function shapeSvg(kind: Mark['kind'], xy: readonly number[], look: SeverityLook): string {
  if (kind === 'point' || kind === 'text' || xy.length < 4) return ''
  if (kind === 'area' || kind === 'cloud') {
    const d = closedPath([kind === 'cloud' ? flat(cloudRing(xy, CLOUD_ARC_PT).slice(0, -1)) : units(xy)])
    return path(d, HALO) + path(d, `${paint('fill', `${look.colour}1A`)}${lineOf(look)}`)
  }
  const d = runPath(units(xy))
  const head = kind === 'arrow' ? arrowHead(xy, HEAD_PT) : null
  const tip = head === null ? '' : path(closedPath([flat(head.slice(0, -1))]), paint('fill', look.colour))
  return path(d, HALO) + path(d, ` fill="none"${lineOf(look)}`) + tip
}

/** From a number that had to give way to its place. */
function leaderSvg(spot: Place, at: Place, { colour }: SeverityLook): string {
  if (spot === at) return ''
  const d = runPath(flat([at, spot]))
  const line = (stroke: string, widthPt: number) => path(d, ` fill="none"${paint('stroke', stroke)} stroke-width="${widthPt}"`)
  return line('#FFFFFF', 2) + line(colour, 0.7) + round(at, 1.5, colour)
}

/** A number on the ground of its kind. */
function badgeSvg([x, y]: Place, label: string, look: SeverityLook): string {
  const size = label.length > 3 ? 3.6 : label.length > 2 ? 4.6 : 6
  const figures = text(x, y + size * 0.36, label, { size, weight: 'bold', anchor: 'middle', colour: '#FFFFFF' })
  return badgeShape(x, y, BADGE_PT, look) + figures
}

/** The badge of a kind of finding, without a number: on the map and in the legend. Places. */
export function badgeShape(x: number, y: number, radius: number, look: SeverityLook): string {
  const corners = badgeCorners(x, y, radius, look)
  if (corners.length === 0) return round([x, y], radius, look.colour)
  return path(closedPath([flat(corners)]), `${paint('fill', look.colour)} stroke="#FFFFFF" stroke-width="0.8"`)
}

const number = (value: number): string => String(Math.round(value * 100) / 100)
const round = ([x, y]: Place, radius: number, colour: string): string =>
  `<circle cx="${number(x)}" cy="${number(y)}" r="${number(radius)}"${paint('fill', colour)} stroke="#FFFFFF" stroke-width="0.8"/>`

/** What is written beside a mark, on a white halo; long words end in an ellipsis, the table of findings has them whole. */
function labelSvg(label: string | undefined, [x, y]: Place, paper: Paper): string {
  if (label === undefined || label === '') return ''
  const lines = wrapText(label, LABEL_PT, LABEL_WIDTH_PT)
  const shown = lines.slice(0, LABEL_LINES)
  if (lines.length > LABEL_LINES) shown.push(`${shown.pop() ?? ''}…`)
  const wide = Math.max(...shown.map((line) => textWidth(line, LABEL_PT)))
  const isLeft = x + BESIDE_PT + wide > paper.widthPt
  const left = isLeft ? x - BESIDE_PT : x + BESIDE_PT
  const first = y + 2.3 - ((shown.length - 1) * LABEL_PT * 1.2) / 2
  const line = (style: Pick<TextStyle, 'colour' | 'halo'>) =>
    shown
      .map((words, at) =>
        text(left, first + at * LABEL_PT * 1.2, words, { size: LABEL_PT, anchor: isLeft ? 'end' : 'start', ...style }),
      )
      .join('')
  return line({ colour: '#FFFFFF', halo: 2 }) + line({})
}

const placeKey = (layer: string, fid: number): string => `${layer} ${fid}`

/** Places on the features that findings name, by layer and fid, points. */
function featurePlaces(findings: readonly SheetFinding[], layers: readonly LayerColumns[], paper: Paper): Map<string, Place> {
  const wanted = new Set(findings.flatMap(({ evidence }) => evidence.map(({ layer, fid }) => placeKey(layer, fid))))
  const places = new Map<string, Place>()
  if (wanted.size === 0) return places
  const roles = new Set(findings.flatMap(({ evidence }) => evidence.map(({ layer }) => layer)))
  for (const layer of layers.filter(({ role }) => roles.has(role)))
    for (let feature = 0; feature < layer.count; feature++) {
      const key = placeKey(layer.role, layer.fid[feature] ?? Number.NaN)
      if (!wanted.has(key)) continue
      const [xMm, yMm] = placeOn(layer, feature) ?? []
      const [x, y] = xMm === undefined || yMm === undefined ? [] : onPaper([xMm / 1000, yMm / 1000], paper)
      if (x !== undefined && y !== undefined) places.set(key, [x, y])
    }
  return places
}

function firstPlace(evidence: readonly EvidenceFeature[], placeOf: ReadonlyMap<string, Place>): Place | null {
  for (const { layer, fid } of evidence) {
    const found = placeOf.get(placeKey(layer, fid))
    if (found) return found
  }
  return null
}

/** The features that findings without a drawing name, outlined as their kind is. */
function outlinesSvg(findings: readonly SheetFinding[], layers: readonly LayerColumns[], paper: Paper): string {
  let svg = ''
  for (const [severity, some] of Map.groupBy(findings, (finding) => finding.severity)) {
    const byLayer = Map.groupBy(some.flatMap(({ evidence }) => evidence), ({ layer }) => layer) // prettier-ignore
    for (const layer of layers) {
      const fids = new Set(byLayer.get(layer.role)?.map(({ fid }) => fid))
      if (fids.size === 0 || layer.kind === 'point') continue
      const chosen = [...Array(layer.count).keys()].filter((feature) => fids.has(layer.fid[feature] ?? Number.NaN))
      for (const { rings } of drawShapes(layer, new Uint16Array(layer.count), chosen, paper, OUTLINE_BUDGET))
        svg += path(
          layer.kind === 'polygon' ? closedPath(rings) : rings.map(runPath).join(''),
          ` fill="none"${lineOf(SEVERITY_LOOKS[severity])}`,
        )
    }
  }
  return svg
}
