import { systemsNear, type Placed } from '../crs/candidates.ts'
import { boxInDegrees, gapKm, middleOf, type Extent } from '../crs/place.ts'
import { ASK_BELOW, type InspectedLayer, type IntakeFix, type LayerPlace } from '../model/inspection.ts'
import type { Note } from '../model/plan.ts'
import { bilingual, type Bilingual } from '../text.ts'
import { placeInFields, placeInText, type StatedPlace } from './stated-place.ts'

/** Layers of one submission lie within one city region; farther apart, one of them is in the wrong system. */
const FAR_KM = 100
/** A candidate system must bring a layer at least this near to the others, or to the stated place. */
const NEAR_KM = 20
const MOST_CANDIDATES = 5
/** What all candidates share; where a CGCS2000 system fits as well as another, it is the likelier one. */
const SURE = 0.85
/** Without any system that would bring it nearer, a layer this far away may simply be another place. */
const OCEAN_KM = 1000

interface Located {
  name: string
  features: number
  /** Degrees; null where its system is not known, or has no place on Earth. */
  box: Extent | null
  sure: boolean
}

interface Judged extends Located {
  layer: InspectedLayer
}

/** Where a layer should be, and what says so. */
interface Target {
  box: Extent
  title: Bilingual
  kind: 'layers' | 'stated'
}

function locate(layer: InspectedLayer): Judged {
  const { crs, extent, features } = layer
  const box = crs.value !== null && extent !== null ? boxInDegrees(crs.value, extent) : null
  return { layer, name: nameOf(layer), features, box, sure: box !== null && crs.confidence >= ASK_BELOW }
}

/** A layer that is not judged now: what is known of it was looked at before. */
function locateBeside(place: LayerPlace): Located {
  const { crs, extent, features } = place
  const box = crs !== null && extent !== null ? boxInDegrees(crs, extent) : null
  return { name: nameOf(place), features, box, sure: box !== null }
}

const union = (boxes: readonly Extent[]): Extent => [
  Math.min(...boxes.map(([west]) => west)),
  Math.min(...boxes.map(([, south]) => south)),
  Math.max(...boxes.map(([, , east]) => east)),
  Math.max(...boxes.map(([, , , north]) => north)),
]

/** The largest group of surely placed layers that lie near each other; none when no two agree and there is more than one. */
function largestGroup(located: readonly Located[]): Located[] {
  const placed = located.filter((one): one is Located & { box: Extent } => one.sure && one.box !== null)
  const groups = placed.map((one) => placed.filter((other) => gapKm(one.box, other.box) <= FAR_KM))
  const [largest = []] = groups.toSorted((a, b) => b.length - a.length || countOf(b) - countOf(a))
  return placed.length > 1 && largest.length === 1 ? [] : largest
}

const countOf = (group: readonly Located[]): number => group.reduce((sum, { features }) => sum + features, 0)

const nameOf = ({ layer, path }: Pick<InspectedLayer, 'layer' | 'path'>): string => layer ?? path.split('/').at(-1) ?? path

/** Where the layer should be: with the others, else where the submission says that it is. */
function targetOf(one: Located, group: readonly Located[], stated: StatedPlace | undefined): Target | undefined {
  const others = group.filter((other) => other !== one)
  const boxes = others.flatMap(({ box }) => (box === null ? [] : [box]))
  const [first] = others
  if (first && boxes.length > 0)
    return {
      box: union(boxes),
      kind: 'layers',
      title: bilingual(`其他图层（如“${first.name}”）`, `the other layers (such as “${first.name}”)`),
    }
  if (!stated) return undefined
  return {
    box: stated.box,
    kind: 'stated',
    title: bilingual(`“${stated.title.zh}”（据${stated.source.zh}）`, `“${stated.title.en}” (by ${stated.source.en})`),
  }
}

/** The systems that bring the layer to its target, each zone once: other datums of the same zone cannot be told apart here. */
function candidatesOf(extent: Extent, target: Target, declared: string | null): Placed[] {
  const found = systemsNear(extent, target.box, NEAR_KM).filter(({ info }) => info.code !== declared)
  const kept: Placed[] = []
  for (const placed of found) {
    const [lon, lat] = middleOf(boxInDegrees(placed.info.code, extent) ?? [0, 0, 0, 0])
    const isSame = kept.some(({ info }) => {
      const [lon2, lat2] = middleOf(boxInDegrees(info.code, extent) ?? [0, 0, 0, 0])
      return Math.hypot(lon - lon2, lat - lat2) < 0.01 // a kilometre: datums differ by less
    })
    if (!isSame) kept.push(placed)
  }
  return kept.slice(0, MOST_CANDIDATES)
}

function fixesFor(problem: string, candidates: readonly Placed[], target: Target): IntakeFix[] {
  const weights = candidates.map(({ info }) => (info.base === 'EPSG:4490' ? 3 : 1))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return candidates.map(({ info, gapKm: gap }, i) => ({
    code: 'crs.set',
    problem,
    title: bilingual(`按 ${info.code}（${info.name}）读取`, `Read it as ${info.code} (${info.name})`),
    reason: bilingual(
      gap === 0 ? `在该坐标系下与${target.title.zh}重合` : `在该坐标系下距${target.title.zh} ${Math.round(gap)} km`,
      gap === 0
        ? `in this system it lies with ${target.title.en}`
        : `in this system it is ${Math.round(gap)} km from ${target.title.en}`,
    ),
    confidence: Number(((SURE * (weights[i] ?? 0)) / total).toFixed(2)),
    change: { crs: info.code },
  }))
}

const awayCode = ({ kind }: Target): string => (kind === 'layers' ? 'crs.away-from-layers' : 'crs.away-from-place')

/** `km` null: under the declared system the coordinates lie nowhere on Earth. */
function awayNote(km: number | null, target: Target, crs: string): Note {
  const text =
    km === null
      ? bilingual(
          `按 ${crs}，该图层的坐标不在地球上，无法与${target.title.zh}相符，坐标系不对。`,
          `By ${crs} this layer's coordinates lie nowhere on Earth, let alone with ${target.title.en}: its coordinate system is wrong.`,
        )
      : bilingual(
          `按 ${crs}，该图层距${target.title.zh}约 ${km} km，坐标系可能不对。`,
          `By ${crs} this layer lies about ${km} km from ${target.title.en}: its coordinate system may be wrong.`,
        )
  return { severity: 'warning', code: awayCode(target), params: { km, crs }, text }
}

/** A layer seen against where it should be: its problem and remedies added, its confidence lowered or a suggestion made. */
function judge(one: Judged, target: Target | undefined): InspectedLayer {
  const { layer, box } = one
  const { extent, crs } = layer
  if (!target || extent === null || crs.value === 'LOCAL:metre') return layer
  const km = box === null ? null : Math.round(gapKm(box, target.box))
  if (km !== null && km <= FAR_KM) return layer
  // What a person has chosen is told where it leads, and otherwise left alone.
  if (crs.confidence === 1)
    return crs.value === null ? layer : { ...layer, problems: [...layer.problems, awayNote(km, target, crs.value)] }
  const candidates = candidatesOf(extent, target, crs.value)
  const isDeclared = crs.value !== null && (km !== null || crs.doubt === undefined)
  const problem = isDeclared ? awayCode(target) : (crs.doubt?.code ?? 'crs.missing')
  const fixes = mergeFixes(fixesFor(problem, candidates, target), layer.fixes ?? [])
  if (isDeclared && crs.value !== null)
    return {
      ...layer,
      crs: candidates.length > 0 || km === null || km > OCEAN_KM ? { ...crs, confidence: Math.min(crs.confidence, 0.3) } : crs,
      problems: [...layer.problems, awayNote(km, target, crs.value)],
      fixes,
    }
  const [first, second] = candidates
  if (!first || second) return { ...layer, fixes }
  const why = bilingual(
    `${crs.reason.zh}；只有 ${first.info.code} 使其落在${target.title.zh}处，请确认`,
    `${crs.reason.en}; only ${first.info.code} brings it to ${target.title.en}: please confirm`,
  )
  return { ...layer, crs: { ...crs, value: first.info.code, confidence: 0.55, reason: why }, fixes }
}

/** New remedies first; one that was offered before is not offered twice. */
function mergeFixes(added: readonly IntakeFix[], known: readonly IntakeFix[]): IntakeFix[] {
  const systems = new Set(added.map(({ change }) => change.crs))
  const kept = known.filter(({ code, change }) => code !== 'crs.set' || !systems.has(change.crs))
  return [...added, ...kept].toSorted((a, b) => b.confidence - a.confidence)
}

/**
 * All layers of an inspection seen together: one that lies far from the others, or from the city that names and district codes
 * state, is flagged with the systems that would bring it there; one without a system is offered them. What a person has chosen
 * (confidence 1) is told, and not changed. `planName` is the manifest's, when there is one; `beside` are layers of files that were not read again.
 */
export function together(
  layers: readonly InspectedLayer[],
  planName: string | null,
  folder = '',
  beside: readonly LayerPlace[] = [],
): InspectedLayer[] {
  const located = layers.map(locate)
  const group = largestGroup([...located, ...beside.map(locateBeside)])
  const byName = planName === null ? undefined : placeInText(planName, bilingual('规划名称', "the plan's name"))
  return located.map((one) => {
    const stated =
      placeInFields(one.layer.sourceFields) ??
      byName ??
      placeInText(one.layer.path, bilingual('文件名', "the file's name")) ??
      placeInText(folder, bilingual('文件夹名', "the folder's name"))
    // The group itself is judged by what is stated: all of them may be off together.
    const inGroup = group.includes(one)
    return judge(one, inGroup ? targetOf(one, [], stated) : targetOf(one, group, stated))
  })
}
