import { crsInfo } from '../crs/crs.ts'
import { bilingual, type Bilingual } from '../text.ts'
import type { InspectedLayer, IntakeFix } from '../model/inspection.ts'
import type { Note } from '../model/plan.ts'
import { fixKey } from './fixes.ts'
import { landClassShare } from './land-class-content.ts'

/** A problem with the remedies that answer it. */
interface Finding {
  problem: Note & { code: string }
  fixes: Omit<IntakeFix, 'problem'>[]
}

/** What the questions below are answered from. */
export type OfferedLayer = Omit<InspectedLayer, 'fixes' | 'shape'>

const warning = (code: string, text: Bilingual, params: Record<string, unknown> = {}): Finding['problem'] => ({
  severity: 'warning',
  code,
  text,
  params,
})

const leaveOut = (reason: Bilingual, confidence: number): Omit<IntakeFix, 'problem'> => ({
  code: 'layer.leave-out',
  title: bilingual('不导入该图层', 'Leave this layer out'),
  reason,
  confidence,
  change: { leaveOut: true },
})

function unusable({ features, kind, role }: OfferedLayer): Finding[] {
  if (kind === null || features === 0)
    return [
      {
        problem: warning(
          'layer.empty',
          kind === null
            ? bilingual('这张表没有图形，不能作为图层。', 'This table has no geometry and cannot be a layer.')
            : bilingual('图层中没有要素。', 'The layer holds no features.'),
        ),
        fixes: [leaveOut(bilingual('其中没有可评审的内容', 'there is nothing in it to review'), 0.95)],
      },
    ]
  if (role.value !== null) return []
  return [
    {
      problem: warning('role.unknown', bilingual('看不出该图层的用途。', 'Nothing tells what this layer is used for.')),
      fixes: [leaveOut(bilingual('评审用不到时可不导入', 'leave it out when the review has no use for it'), 0.4)],
    },
  ]
}

type Extent = readonly [number, number, number, number]

const swapped = ([minX, minY, maxX, maxY]: Extent): Extent => [minY, minX, maxY, maxX]

/** Gauss-Krüger eastings with false easting, without and with a zone number before them, and Chinese northings; metres. */
const isEasting = (value: number) => (value > 150_000 && value < 850_000) || (value > 13_000_000 && value < 46_000_000)
const isNorthing = (value: number) => value > 1_800_000 && value < 6_000_000

/** Whether the extent only makes sense with x and y exchanged. */
function axesLookSwapped(extent: Extent, crs: string | null): boolean {
  const info = crs === null ? undefined : crsInfo(crs)
  if (info?.kind === 'geographic') {
    const [west, south, east, north] = info.areaOfUse ?? [-180, -90, 180, 90]
    const inside = ([minX, minY, maxX, maxY]: Extent) =>
      minX >= west - 1 && maxX <= east + 1 && minY >= south - 1 && maxY <= north + 1
    return west <= east && !inside(extent) && inside(swapped(extent))
  }
  const [minX, minY, maxX, maxY] = extent
  // Degrees beyond 90 are no latitudes.
  if (crs === null && Math.max(-minX, maxX) <= 90 && Math.max(-minY, maxY) <= 180 && (minY > 90 || maxY < -90)) return true
  return isNorthing(minX) && isNorthing(maxX) && isEasting(minY) && isEasting(maxY) && maxX - minX < 1e6
}

function axes({ extent, crs }: OfferedLayer): Finding[] {
  if (extent === null || !axesLookSwapped(extent, crs.value)) return []
  return [
    {
      problem: warning(
        'crs.axes-swapped',
        bilingual(
          '坐标看起来是“北、东”次序（x、y 颠倒），图形会落在别处。',
          'The coordinates look like north before east (x and y exchanged): the features would lie elsewhere.',
        ),
        { extent: [...extent] },
      ),
      fixes: [
        {
          code: 'axes.swap',
          title: bilingual('交换 x 与 y', 'Exchange x and y'),
          reason: bilingual('交换后坐标落在合理范围', 'exchanged, the coordinates lie in a sensible range'),
          confidence: 0.8,
          change: { swapAxes: true },
        },
      ],
    },
  ]
}

const isLandUse = ({ role }: OfferedLayer) => role.value === 'landuse_plan' || role.value === 'landuse_base'

/** Codes that nobody knows, while another field holds names that are known. */
function codesByName(layer: OfferedLayer): Finding[] {
  const own = layer.fields.value['class']
  const unknown = layer.classes.filter(({ code }) => code === null)
  if (!isLandUse(layer) || own === undefined || unknown.length === 0) return []
  const better = layer.sourceFields.find((field) => field.name !== own && landClassShare(field) >= 0.7)
  const count = unknown.reduce((sum, { count: patches }) => sum + patches, 0)
  const problem = warning(
    'class.unknown',
    bilingual(
      `字段“${own}”有 ${unknown.length} 种取值（${count} 个图斑）不是已知的用地分类。`,
      `${unknown.length} values of “${own}” (${count} patches) are no known land-use class.`,
    ),
    { field: own, values: unknown.slice(0, 20).map(({ source }) => source), patches: count },
  )
  if (!better || unknown.length * 2 < layer.classes.length) return [{ problem, fixes: [] }]
  return [
    {
      problem,
      fixes: [
        {
          code: 'fields.by-name',
          title: bilingual(`改按“${better.name}”取地类`, `Take the classes from “${better.name}”`),
          reason: bilingual(
            `“${better.name}”的值是地类名称：${better.samples.slice(0, 3).join('、')}`,
            `the values of “${better.name}” are class names: ${better.samples.slice(0, 3).join(', ')}`,
          ),
          confidence: 0.75,
          change: { fields: { class: better.name } },
        },
      ],
    },
  ]
}

const BASE_VALUES = new Set(['现状', '基期', '现状用地'])
const PLAN_VALUES = new Set(['规划', '规划用地', '新增'])

/** Today's and planned features in one layer, told apart by a field: without a filter both would be measured as one state. */
function mixedStates(layer: OfferedLayer): Finding[] {
  if (!isLandUse(layer)) return []
  for (const { name, samples } of layer.sourceFields) {
    const base = samples.find((sample) => BASE_VALUES.has(sample.trim()))
    const plan = samples.find((sample) => PLAN_VALUES.has(sample.trim()))
    if (base === undefined || plan === undefined) continue
    const wanted = layer.role.value === 'landuse_base' ? base : plan
    return [
      {
        problem: warning(
          'layer.states-mixed',
          bilingual(
            `字段“${name}”表明图层里既有“${base}”也有“${plan}”。`,
            `“${name}” says that the layer holds both “${base}” and “${plan}”.`,
          ),
          { field: name },
        ),
        fixes: [
          {
            code: 'where.set',
            title: bilingual(`只取“${name}”为“${wanted}”的要素`, `Take only features whose “${name}” is “${wanted}”`),
            reason: bilingual('用途只指其中一种状态', 'the role means only one of the two states'),
            confidence: 0.7,
            change: { where: { [name]: wanted } },
          },
        ],
      },
    ]
  }
  return []
}

/**
 * Problems that the inspection's own answers show, each with remedies. Remedies that `known` (from the readers) already
 * offers are not offered twice; a problem that is told already is not told again, and gets the remedies that it lacks.
 */
export function offerFixes(
  layer: OfferedLayer,
  known: { problems: readonly Note[]; fixes: readonly IntakeFix[] },
): { problems: Note[]; fixes: IntakeFix[] } {
  const codes = new Set(known.problems.map(({ code }) => code))
  const keys = new Set(known.fixes.map(fixKey))
  const found = [...unusable(layer), ...axes(layer), ...codesByName(layer), ...mixedStates(layer)]
  const fixes = found.flatMap(({ problem, fixes: own }) => own.map((fix): IntakeFix => ({ ...fix, problem: problem.code })))
  return {
    problems: [...known.problems, ...found.flatMap(({ problem }) => (codes.has(problem.code) ? [] : [problem]))],
    fixes: [...known.fixes, ...fixes.filter((fix) => !keys.has(fixKey(fix)))].toSorted((a, b) => b.confidence - a.confidence),
  }
}
