import type { LayerColumns } from '../geo/columns.ts'
import { layerBuilder } from '../geo/build.ts'
import { mergeLayers } from '../geo/merge.ts'
import type { LayerId } from '../model/ids.ts'
import type { Note, Plan } from '../model/plan.ts'
import { ROLE_IDS, roleInfo, type GeometryKind, type Role } from '../model/roles.ts'
import { bilingual, type Bilingual } from '../text.ts'
import type { Version } from './change.ts'
import { compareAndFollow } from './compare-layer.ts'
import type { FeatureRef, FollowedFeature, LayerComparison } from './result.ts'

/** A stored layer as the comparison reads it. */
export interface StoredLayer {
  id: LayerId
  columns: LayerColumns
}

export type ComparedPlan = Pick<Plan, 'id' | 'name' | 'nameZh' | 'cityName' | 'crs' | 'importedAt'>

/** Two versions of a plan, layer by layer. */
export interface PlanComparison {
  before: ComparedPlan
  after: ComparedPlan
  /** In the order of the list of roles; a role of one version only is there with all its features added or removed. */
  layers: LayerComparison[]
  notes: Note[]
}

export interface CompareReport {
  done: number
  total: number
  label: Bilingual
}

const KINDS: readonly GeometryKind[] = ['polygon', 'line', 'point']

/**
 * Compares the layers of two plans, which must be read in one frame (the newer plan's). `limit` is the most changes listed of
 * each kind and layer; `follow` names older features whose fate is told in any case. Throws `analysis.frames-differ` when the layers do not share the frame.
 */
export function comparePlans(
  before: { plan: ComparedPlan; layers: readonly StoredLayer[] },
  after: { plan: ComparedPlan; layers: readonly StoredLayer[] },
  limit: number,
  report: (progress: CompareReport) => void = () => undefined,
  follow: readonly FeatureRef[] = [],
): PlanComparison & { followed: FollowedFeature[] } {
  const pairs = ROLE_IDS.flatMap((role) =>
    KINDS.flatMap((kind) => {
      const older = versionOf(before.layers, role, kind)
      const newer = versionOf(after.layers, role, kind)
      if (older && newer) return [{ older, newer }]
      if (older) return [{ older, newer: nothingLike(older) }]
      return newer ? [{ older: nothingLike(newer), newer }] : []
    }),
  )
  const compared = pairs.map(({ older, newer }, done) => {
    report({ done, total: pairs.length, label: roleInfo(newer.layer.role).title })
    return compareAndFollow(older, newer, limit, follow)
  })
  const facts = ({ id, name, nameZh, cityName, crs, importedAt }: ComparedPlan) => ({
    id,
    name,
    nameZh,
    cityName,
    crs,
    importedAt,
  })
  return {
    before: facts(before.plan),
    after: facts(after.plan),
    layers: compared.map(({ comparison }) => comparison),
    notes: notesOf(before.plan, after.plan),
    followed: compared.flatMap(({ followed }) => followed),
  }
}

/** The layers of one role and kind as one; each feature still knows the stored layer that it is of. */
function versionOf(layers: readonly StoredLayer[], role: Role, kind: GeometryKind): Version | null {
  const mine = layers.filter(({ columns }) => columns.role === role && columns.kind === kind)
  const [first, ...rest] = mine
  if (first === undefined) return null
  const layer = mergeLayers([first.columns, ...rest.map(({ columns }) => columns)])
  const ends = mine.map((_, index) => mine.slice(0, index + 1).reduce((count, { columns }) => count + columns.count, 0))
  const refOf = (feature: number): FeatureRef => {
    const owner = mine[ends.findIndex((end) => feature < end)] ?? first
    return { layerId: owner.id, fid: layer.fid[feature] ?? 0 }
  }
  return { layer, refOf }
}

function nothingLike({ layer, refOf }: Version): Version {
  const { role, name, kind, frame } = layer
  return { layer: layerBuilder({ role, name, kind, frame }, {}).finish(''), refOf }
}

function notesOf(before: ComparedPlan, after: ComparedPlan): Note[] {
  const notes: Note[] = []
  if (before.cityName !== after.cityName)
    notes.push({
      severity: 'warning',
      code: 'compare.cities-differ',
      text: bilingual(
        `两个方案的城市不同：${before.cityName ?? '未填写'}、${after.cityName ?? '未填写'}`,
        `The two plans name different cities: ${before.cityName ?? 'none'}, ${after.cityName ?? 'none'}`,
      ),
    })
  if (before.crs !== after.crs)
    notes.push({
      severity: 'info',
      code: 'compare.crs-differ',
      text: bilingual(
        `坐标系不同（${before.crs}、${after.crs}），已统一到新版的平面内比较；不做基准转换`,
        `The coordinate systems differ (${before.crs}, ${after.crs}); both were compared in the newer plan’s plane, without a datum shift`,
      ),
    })
  return notes
}
