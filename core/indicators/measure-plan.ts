import type { LayerColumns } from '../geo/columns.ts'
import type { PlacedRaster } from '../geo/raster.ts'
import type { Geos } from '../geo/geos.ts'
import { mergeLayers } from '../geo/merge.ts'
import { rememberedGeos } from '../geo/remembered-geos.ts'
import type { Measurement } from '../model/measurement.ts'
import type { Plan } from '../model/plan.ts'
import { roleInfo, type GeometryKind, type Role } from '../model/roles.ts'
import type { Bilingual } from '../text.ts'
import { INDICATORS } from './index.ts'
import type { Indicator, PlanData } from './indicator.ts'
import { parametersInUse } from './parameters.ts'
import { EVIDENCE_CAP } from './top-evidence.ts'

export { EVIDENCE_CAP }

/** What indicators need to know of a plan besides its layers. */
export type PlanFacts = Pick<
  Plan,
  'cityName' | 'cityKind' | 'population' | 'populationYear' | 'baseYear' | 'targetYear' | 'frame'
> & { manifest: Pick<Plan['manifest'], 'quotas'>; rasters?: readonly PlacedRaster[] }

export interface MeasureProgress {
  done: number
  total: number
  /** The indicator that is being computed. */
  label: Bilingual
}

/** The layers of a plan by role: one per geometry kind, several source layers of one kind merged. */
export type LayersByRole = ReadonlyMap<Role, readonly LayerColumns[]>

/** Merges layers of one role and kind, kinds in the order in which the role prefers them. */
export function layersByRole(layers: readonly LayerColumns[]): LayersByRole {
  const roles = [...new Set(layers.map((layer) => layer.role))]
  return new Map(
    roles.map((role) => [
      role,
      mergedKinds(
        role,
        layers.filter((layer) => layer.role === role),
      ),
    ]),
  )
}

/** A plan as indicators read it: merged layers, facts of the city beside them, and a library that remembers its unions. */
export function planOf(plan: PlanFacts, byRole: LayersByRole, geos: Geos): PlanData {
  return {
    layer: (role) => byRole.get(role)?.[0],
    layers: (role) => byRole.get(role) ?? [],
    rasters: (role) => (plan.rasters ?? []).filter((raster) => raster.role === role),
    basis: plan.frame.kind === 'planar' ? 'planar' : 'ellipsoidal',
    city: { name: plan.cityName, kind: plan.cityKind, population: plan.population, populationYear: plan.populationYear },
    baseYear: plan.baseYear,
    targetYear: plan.targetYear,
    quotas: plan.manifest.quotas ?? {},
    geos: rememberedGeos(geos),
  }
}

/** The same from loose layers. */
export const planData = (plan: PlanFacts, layers: readonly LayerColumns[], geos: Geos): PlanData =>
  planOf(plan, layersByRole(layers), geos)

/**
 * Applies every indicator. `parameters` are the manifest's; `report` hears of each indicator before it starts and of the end.
 * Throws the errors of `parametersInUse`; missing data never throws.
 */
export function measurePlan(
  data: PlanData,
  parameters: Readonly<Record<string, number>>,
  report: (progress: MeasureProgress) => void,
  indicators: readonly Indicator[] = INDICATORS,
): Measurement[] {
  const inUse = parametersInUse(indicators, parameters)
  const total = indicators.length
  const measurements = indicators.map((indicator, done) => {
    report({ done, total, label: indicator.title })
    return measureOne(indicator, data, inUse.get(indicator.id) ?? {})
  })
  report({ done: total, total, label: { zh: '完成', en: 'Done' } })
  return measurements
}

/** Applies one indicator; its parameters are complete and in base units. `seen` is the same plan where somebody notes what is read of it. */
export function measureOne(
  indicator: Indicator,
  data: PlanData,
  parameters: Readonly<Record<string, number>>,
  seen: PlanData = data,
): Measurement {
  const { outcome, method, details, evidence, evidenceTotal, notes, tables, quality } = indicator.compute(seen, parameters)
  return {
    id: indicator.id,
    version: indicator.version,
    outcome,
    method,
    basis: data.basis,
    parameters: { ...parameters },
    details,
    evidence: evidence.slice(0, EVIDENCE_CAP),
    evidenceTotal: evidenceTotal ?? evidence.length,
    inputs: inputsOf(indicator, data),
    notes,
    ...(tables ? { tables } : {}),
    ...(quality ? { quality } : {}),
  }
}

/** Content hashes of all that an indicator may read, by role; layers of several kinds are joined like merged ones. */
export function inputsOf(indicator: Indicator, data: PlanData): Record<string, string> {
  const inputs: Record<string, string> = {}
  for (const role of new Set([...indicator.needs, ...indicator.uses])) {
    const hashes = [...data.layers(role), ...data.rasters(role)].map(({ sha256 }) => sha256)
    if (hashes.length > 0) inputs[role] = hashes.join('+')
  }
  return inputs
}

/** Geometry kinds of a role, the preferred first. */
export const kindsOf = (role: Role): readonly GeometryKind[] => roleInfo(role).kinds.filter((kind) => kind !== 'raster')

/** Layers of one role in the order in which it prefers their kinds. */
export const inOrderOfKinds = (role: Role, layers: readonly LayerColumns[]): LayerColumns[] =>
  layers.toSorted((one, other) => place(kindsOf(role), one.kind) - place(kindsOf(role), other.kind))

/** One layer per geometry kind, in the order in which the role prefers them. */
const mergedKinds = (role: Role, layers: readonly LayerColumns[]): LayerColumns[] =>
  inOrderOfKinds(
    role,
    (['polygon', 'line', 'point'] as const satisfies GeometryKind[]).flatMap((kind) => {
      const [first, ...rest] = layers.filter((layer) => layer.kind === kind)
      return first ? [mergeLayers([first, ...rest])] : []
    }),
  )

const place = (preferred: readonly GeometryKind[], kind: GeometryKind): number =>
  preferred.includes(kind) ? preferred.indexOf(kind) : preferred.length
