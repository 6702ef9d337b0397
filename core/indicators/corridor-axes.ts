import { layerBuilder } from '../geo/build.ts'
import { textAt, type LayerColumns } from '../geo/columns.ts'
import { partsOf } from '../geo/edit-layer.ts'
import { hasShape, perGeometry } from '../geo/edited.ts'
import { axisOf } from '../network/polygon-axis.ts'
import type { Bilingual } from '../text.ts'
import type { PlanData } from './indicator.ts'
import { wordedField } from './worded-field.ts'

/** Forms of the green structure of a city: belts around it, wedges into it, patches in it, corridors between them. */
export const FORM_WORDS = {
  ring: { zh: '环', en: 'ring' },
  wedge: { zh: '楔', en: 'wedge' },
  patch: { zh: '斑块', en: 'patch' },
  corridor: { zh: '廊道', en: 'corridor' },
} as const satisfies Record<string, Bilingual>

export type CorridorForm = keyof typeof FORM_WORDS

const SAID: Record<CorridorForm, readonly string[]> = {
  ring: ['ring', 'belt', '环', '绿环', '环城'],
  wedge: ['wedge', '楔', '绿楔', '楔形'],
  patch: ['patch', '斑块', '斑', '点'],
  corridor: ['corridor', '廊道', '绿廊', '带', '轴'],
}

/** The form of every corridor feature as its source words it; undefined where it says none. */
export const formsOf = (layer: LayerColumns): ((feature: number) => CorridorForm | undefined) =>
  wordedField<CorridorForm>(layer, 'form', SAID)

/** The middle line of one corridor: one run (x, y, x, y … in mm) for each of its parts. */
export interface CorridorAxis {
  layer: LayerColumns
  feature: number
  title: Bilingual
  runs: readonly Float64Array[]
}

/** Axes of the chosen corridor features, polygons and lines alike, in the order of the layers. */
export function corridorAxes(plan: PlanData, chosen: (feature: number, layer: LayerColumns) => boolean): CorridorAxis[] {
  return plan.layers('corridor').flatMap((layer) => {
    const runs = runsOf(layer)
    return Array.from({ length: layer.count }, (_, feature) => feature)
      .filter((feature) => hasShape(layer, feature) && chosen(feature, layer))
      .map((feature) => ({ layer, feature, title: corridorTitle(layer, feature), runs: runs(feature) }))
  })
}

/** A corridor's name, or its number where it has none. */
export function corridorTitle(layer: LayerColumns, feature: number): Bilingual {
  const name = textAt(layer, 'name', feature)
  const fid = layer.fid[feature] ?? feature
  return name === undefined ? { zh: `廊道 ${fid}`, en: `corridor ${fid}` } : { zh: name, en: name }
}

/** Names a corridor in a table: areas and lines may have the same feature id. */
export const corridorKey = ({ layer, feature }: Pick<CorridorAxis, 'layer' | 'feature'>): string =>
  `${layer.kind === 'line' ? 'line ' : ''}${layer.fid[feature] ?? feature}`

/** Finding the middle of a polygon takes a raster, so each is looked for once for as long as the geometry lives. */
const runsOf = perGeometry((layer): ((feature: number) => readonly Float64Array[]) => {
  const found = new Map<number, readonly Float64Array[]>()
  return (feature) => {
    const known = found.get(feature) ?? partsOf(layer, feature).flatMap((part) => runOf(layer, part))
    found.set(feature, known)
    return known
  }
})

function runOf(layer: LayerColumns, part: readonly ArrayLike<number>[]): Float64Array[] {
  if (layer.kind !== 'polygon') return part.map((run) => Float64Array.from(run))
  const builder = layerBuilder({ role: layer.role, name: layer.name, kind: 'polygon', frame: layer.frame }, {}, 0.001)
  builder.add(1, [part], {})
  const axis = axisOf(builder.finish(''), 0)
  return axis.length >= 4 ? [axis] : []
}

/** Length of a run of vertices in m of the frame. */
export function runLengthM(run: ArrayLike<number>): number {
  let length = 0
  for (let at = 0; at + 3 < run.length; at += 2) {
    length += Math.hypot((run[at + 2] ?? 0) - (run[at] ?? 0), (run[at + 3] ?? 0) - (run[at + 1] ?? 0))
  }
  return length / 1000
}
