import { shapeCount } from '../geo/edited.ts'
import { areaOfParts } from '../geo/snapped-parts.ts'
import { greenPattern as patternOn, patternAreas, patternOutlines, type GreenPattern } from '../indicators/green-pattern.ts'
import { areaColumn } from '../indicators/land-transition-tables.ts'
import { coreHabitat } from '../indicators/q07-core-habitat.ts'
import { metres } from '../indicators/words.ts'
import type { ResultTable } from '../model/result-table.ts'
import type { PatternClass } from '../network/morphology.ts'
import type { Frame } from '../geo/frame.ts'
import type { Bilingual } from '../text.ts'
import type { LookId } from './looks.ts'
import { defineOverlay, missingOverlay, type OverlayPart } from './overlay.ts'
import { namedPart } from './part.ts'

/** Classes beside bridges, which have a list of their own. */
const LOOKS = {
  core: 'patternCore',
  edge: 'patternEdge',
  perforation: 'patternPerforation',
  loop: 'patternLoop',
  branch: 'patternBranch',
  islet: 'patternIslet',
} as const satisfies Partial<Record<PatternClass, LookId>>
const CLASSES = Object.keys(LOOKS) as (keyof typeof LOOKS)[]

/** Core, edges, bridges and islets of the planned habitat, as Q07 divides it; every bridge numbered. */
export const greenPattern = defineOverlay({
  id: 'green-pattern',
  version: 1,
  group: 'network',
  title: { zh: '生境形态格局（类 MSPA）', en: 'Pattern of habitat (MSPA-like)' },
  summary: {
    zh: '核心、边缘、孔隙、桥接、环道、支线与孤岛；桥接区由大到小编号。',
    en: 'Core, edges, perforations, bridges, loops, branches and islets; bridges numbered from the largest.',
  },
  source: {
    zh: '仿 MSPA（Soille & Vogt 2009）并简化；边缘宽度 30 m 与等级为插定值',
    en: coreHabitat.source,
  },
  needs: [['landuse_plan']],
  uses: ['green', 'admin'],
  indicator: 'Q07',
  parameters: coreHabitat.parameters,
  isSlow: true,
  compute(plan, { edgeWidthM, patternCellM }, report) {
    const [edge, cell] = [metres(edgeWidthM), metres(patternCellM)]
    const method = {
      zh: `规划生态用地与绿地（含绿地图层）按 ${cell.zh} 格网、${edge.zh} 边缘宽度分类，与指标 Q07 相同；同类相邻格网合并为一块。`,
      en: `Planned ecological land and green space (with the green layer) on cells of ${cell.en}, divided with edges of ${edge.en} as in Q07; cells of one class side by side make one piece.`,
    }
    const parcels = plan.layer('landuse_plan')
    if (!parcels || shapeCount(parcels) === 0) return missingOverlay(method, NO_HABITAT, ['landuse_plan'])
    report(0, 2, { zh: '分类生境格网', en: 'Dividing the cells of habitat' })
    const pattern = patternOn(plan, parcels, { edgeWidthM, cellM: patternCellM }, plan.layers('green'))
    const areas = pattern && patternAreas(pattern)
    const habitatM2 = areas ? Object.values(areas).reduce((sum, area) => sum + area, 0) : 0
    if (!pattern || !areas || habitatM2 === 0) return missingOverlay(method, NO_HABITAT, ['landuse_plan'])
    report(1, 2, { zh: '绘制各类边界', en: 'Drawing the classes' })
    return {
      outcome: {
        kind: 'drawn',
        parts: [classPart(pattern, parcels.frame), bridgePart(pattern, parcels.frame)],
        figures: [
          { title: coreHabitat.title, value: areas.core / habitatM2, unit: 'percent' },
          { title: { zh: '生境', en: 'Habitat' }, value: habitatM2, unit: 'ha' },
          { title: { zh: '桥接区', en: 'Bridges' }, value: areas.bridge, unit: 'ha' },
        ],
      },
      method,
      notes: [],
    }
  },
})

const NO_HABITAT: Bilingual = {
  zh: '规划用地与绿地图层中没有生态用地或绿地。',
  en: 'Neither planned land use nor the green layer holds ecological land or green space.',
}

function classPart(pattern: GreenPattern, frame: Frame): OverlayPart {
  const shapes = CLASSES.flatMap((kind) =>
    patternOutlines(pattern, kind).map((piece) => ({ parts: [piece], row: 0, look: LOOKS[kind] })),
  )
  const head = { id: 'classes', title: { zh: '形态类别', en: 'Classes' }, kind: 'polygon' as const, frame }
  return namedPart(head, Object.values(LOOKS), shapes)
}

/** What joins one core to another: where it is lost, habitat falls apart. */
function bridgePart(pattern: GreenPattern, frame: Frame): OverlayPart {
  const bridges = patternOutlines(pattern, 'bridge')
    .map((piece) => ({ piece, areaM2: areaOfParts([piece.map((ring) => Float64Array.from(ring))]) / 1e6 }))
    .toSorted((one, other) => other.areaM2 - one.areaM2)
  const list: ResultTable = {
    id: 'bridges',
    kind: 'list',
    title: { zh: '桥接区（由大到小）', en: 'Bridges, the largest first' },
    rowTitle: { zh: '桥接区', en: 'Bridge' },
    columns: [areaColumn('areaM2', '面积', 'Area')],
    rows: bridges.map(({ areaM2 }, at) => {
      return { key: String(at + 1), title: { zh: `桥接区 ${at + 1}`, en: `bridge ${at + 1}` }, cells: [areaM2] }
    }),
  }
  const shapes = bridges.map(({ piece }, at) => ({ parts: [piece], row: at + 1, look: 'patternBridge' as const }))
  return namedPart({ id: 'bridges', title: list.title, kind: 'polygon', frame, list }, ['patternBridge'], shapes)
}
