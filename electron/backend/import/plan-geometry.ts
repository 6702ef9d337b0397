import { makeTransform, type Transform } from '#core/crs/crs.ts'
import type { DatumShift } from '#core/crs/datum-shift-file.ts'
import { shiftFits, shiftTransform } from '#core/crs/datum-shift.ts'
import { AppError } from '#core/errors.ts'
import { GRID, repairGeometry, type RepairedGeometry } from '#core/geo/repair.ts'
import type { GeometryFindings } from '#core/geo/geometry-findings.ts'
import type { Geos } from '#core/geo/geos.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { knownCrs } from './plan-crs.ts'

/** A geometry in the plan's CRS, fit to be stored, and what was done to it. */
export interface PlanGeometry extends Omit<RepairedGeometry, 'areaDelta' | 'areaBefore'> {
  /** Area after minus before, m²; about right in degrees, where no plane is at hand. */
  areaDeltaM2: number
  /** Area before, m²; 0 when nothing was repaired. */
  areaBeforeM2: number
}

/** From which system into which, of what; refusals name file and layer. */
export interface PlanGeometryTask {
  kind: GeometryKind
  from: string
  to: string
  shift?: DatumShift | undefined
  file: string
  layer: string | null
}

const NOT_CONVERTIBLE = ['import.local-plane', 'import.datum-shift-needs-parameters'] as const

/** The conversion between two systems; a refusal names the file. */
export function planTransform({ from, to, shift, file, layer }: Omit<PlanGeometryTask, 'kind'>): Transform {
  try {
    return makeTransform(from, to, undefined, (a, b) =>
      shift && shiftFits(shift, a, b) ? shiftTransform(a, b, shift) : undefined,
    )
  } catch (error) {
    const code = error instanceof AppError ? NOT_CONVERTIBLE.find((known) => known === error.code) : undefined
    if (code === undefined) throw error
    throw new AppError(code, { from, to, file, layer }, { cause: error })
  }
}

/** No coordinate of any projection in use is larger; beyond it the transform has left its own domain. */
const LARGEST_COORDINATE = 1e9
const RADIANS = Math.PI / 180

/**
 * Turns geometries of one layer into the plan's CRS, snapped and valid. What is given may be changed and given back.
 * @throws AppError `import.off-earth` with the row
 */
export function planGeometry(
  task: PlanGeometryTask,
  geos: Geos,
  found: GeometryFindings,
): (parts: Float64Array[][], row: number) => PlanGeometry {
  const { kind, from, to, file, layer } = task
  const info = knownCrs(to)
  const convert = planTransform(task)
  const isGeographic = info.kind === 'geographic'
  const steps = isGeographic ? GRID.geographic : GRID.projected
  const fits = (x: number, y: number) =>
    isGeographic
      ? Math.abs(x) <= 360 && Math.abs(y) <= 90
      : Math.abs(x) <= LARGEST_COORDINATE && Math.abs(y) <= LARGEST_COORDINATE
  const m2PerUnit2 = (parts: readonly (readonly Float64Array[])[]) => {
    if (!isGeographic) return info.metresPerUnit ** 2
    const latDeg = parts[0]?.[0]?.[1] ?? 0
    return (RADIANS * info.semiMajorM) ** 2 * Math.cos(latDeg * RADIANS)
  }
  const staysInside = (run: Float64Array) => {
    for (let i = 0; i + 1 < run.length; i += 2) if (!fits(run[i] as number, run[i + 1] as number)) return false
    return true
  }
  const convertRun = (run: Float64Array, row: number): Float64Array => {
    if (from === to && staysInside(run)) return run
    const out = new Float64Array(run.length)
    for (let i = 0; i + 1 < run.length; i += 2) {
      const x = run[i] as number
      const y = run[i + 1] as number
      // What is no number in the source is the repair's to report.
      const [px, py] = Number.isFinite(x) && Number.isFinite(y) ? convert(x, y) : [NaN, NaN]
      if (Number.isFinite(x) && Number.isFinite(y) && !fits(px, py))
        throw new AppError('import.off-earth', { file, layer, row, from, to })
      out[i] = px
      out[i + 1] = py
    }
    return out
  }
  return (raw, row) => {
    const parts = raw.map((part) => part.map((run) => convertRun(run, row)))
    const { areaDelta, areaBefore, ...repaired } = repairGeometry({ kind, parts }, geos, steps, found)
    const factor = repaired.repairs.length === 0 ? 0 : m2PerUnit2(parts)
    return { ...repaired, areaDeltaM2: areaDelta * factor, areaBeforeM2: areaBefore * factor }
  }
}
