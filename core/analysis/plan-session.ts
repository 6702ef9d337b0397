import { AppError } from '../errors.ts'
import { editLayer, type Attributes, type LayerEdit } from '../geo/edit-layer.ts'
import { hasShape } from '../geo/edited.ts'
import { layerBuilder, type Parts } from '../geo/build.ts'
import type { LayerColumns } from '../geo/columns.ts'
import type { Frame } from '../geo/frame.ts'
import type { Geos } from '../geo/geos.ts'
import { savedLayer, type SavedLayer } from '../geo/saved-layer.ts'
import { INDICATORS } from '../indicators/index.ts'
import type { Indicator } from '../indicators/indicator.ts'
import {
  inOrderOfKinds,
  inputsOf,
  kindsOf,
  layersByRole,
  measureOne,
  planOf,
  type LayersByRole,
  type PlanFacts,
} from '../indicators/measure-plan.ts'
import { parametersInUse } from '../indicators/parameters.ts'
import type { Measurement } from '../model/measurement.ts'
import type { GeometryKind, Role } from '../model/roles.ts'
import { withSameParts } from './same-parts.ts'
import { watchedPlan } from './watched-plan.ts'

/**
 * Where an edit happens. `kind` is needed only where a role mixes geometry kinds; without it the preferred kind is meant. `source`
 * counts the plan's layers of that role and kind, for plans where several are merged; features that were added belong to all of them.
 */
export interface EditedLayer {
  role: Role
  kind?: GeometryKind
  source?: number
}

/** One change of a plan. Features are named by id; parts are metres of the frame (parts → rings → x,y,x,y…). */
export type PlanEdit = EditedLayer &
  (
    | { change: 'geometry'; fid: number; parts: Parts }
    | { change: 'attributes'; fid: number; attributes: Attributes }
    | { change: 'add'; parts: Parts; attributes: Attributes }
    | { change: 'delete'; fid: number }
  )

/** One change of a feature that this session added: the first is 1, whatever its role. */
export type DrawnEdit = { drawn: number } & (
  { change: 'redraw'; parts: Parts } | { change: 'rewrite'; attributes: Attributes } | { change: 'erase' }
)

/** What a session takes: changes of the plan, and of what it drew itself. */
export type SessionPlanEdit = PlanEdit | DrawnEdit

export interface SessionChange {
  /** Every measurement as it is now; those that did not change are the very same objects as before. */
  measurements: readonly Measurement[]
  /** Ids of the indicators whose measurement is another: measured anew, or of other inputs that did not matter. */
  measured: readonly string[]
  /** How often `undo` can be asked for now. */
  undoable: number
  /** Ids of slow indicators whose measurement is of an earlier state; `settle` measures them. */
  waiting: readonly string[]
}

/** A plan in memory that can be edited: only what depends on an edit is computed again. */
export interface PlanSession {
  current(): readonly Measurement[]
  /** The merged layers as they are now. */
  layers(): readonly LayerColumns[]
  /**
   * Makes edits, all or none, and measures what depends on them; with `leaveSlow` slow indicators wait. Throws `analysis.no-such-layer`, `analysis.no-such-feature`,
   * `analysis.empty-shape`, `analysis.beyond-frame`.
   */
  apply(edits: readonly SessionPlanEdit[], how?: { leaveSlow: boolean }): SessionChange
  /** Measures what was left for later, or of that one indicator only, so that a caller can tell how far it is and stop in between. */
  settle(only?: string): SessionChange
  /** Takes the last `apply` back; undefined when there is none. */
  undo(): SessionChange | undefined
}

/** What a session starts from. */
export interface SessionStart {
  plan: PlanFacts
  layers: readonly LayerColumns[]
  geos: Geos
  /** The manifest's parameters. */
  parameters: Readonly<Record<string, number>>
  indicators?: readonly Indicator[]
  /** Measurements of exactly this plan, when they are at hand: the session then starts without computing. */
  measured?: readonly Measurement[]
}

interface State extends Measured {
  byRole: LayersByRole
  drawn: readonly DrawnPlace[]
}

interface Measured {
  measurements: readonly Measurement[]
  /** Roles that each indicator read the last time: it computes from nothing else, so no other role can change what it comes to. */
  reads: ReadonlyMap<string, ReadonlySet<Role>>
  waiting: ReadonlySet<string>
}

/** A state to which `undo` returns: what was measured, and what the layers of the edited roles are made of. */
interface Past extends Measured {
  drawn: readonly DrawnPlace[]
  layers: ReadonlyMap<Role, readonly SavedLayer[]>
}

/**
 * Opens a session. An indicator is measured again when a layer of a role that it read the last time was edited; where it only declares
 * the role, its inputs are named anew. Tables of overlaps, areas and unions are patched, not computed anew. The result equals a full run on the edited layers exactly.
 * Throws the errors of `parametersInUse`.
 */
export function planSession({ plan, layers, geos, parameters, indicators = INDICATORS, measured }: SessionStart): PlanSession {
  const inUse = parametersInUse(indicators, parameters)
  const sources = sourcesOf(layers)
  const measure = (
    byRole: LayersByRole,
    before: State | undefined,
    roles: ReadonlySet<Role>,
    isLeft: (indicator: Indicator) => boolean = () => false,
  ): Omit<State, 'drawn'> & { measured: string[] } => {
    const data = planOf(plan, withoutErased(byRole, sources), geos)
    const anew: string[] = []
    const waiting = new Set<string>()
    const reads = new Map<string, ReadonlySet<Role>>()
    const measurements = indicators.map((indicator, at) => {
      const kept = before?.measurements[at]
      const declared = new Set([...indicator.needs, ...indicator.uses])
      const read = before?.reads.get(indicator.id) ?? declared
      reads.set(indicator.id, read)
      const isDue = [...roles].some((role) => read.has(role)) || before?.waiting.has(indicator.id) === true
      if (kept && !isDue) {
        if (![...roles].some((role) => declared.has(role))) return kept
        anew.push(indicator.id)
        return { ...kept, inputs: inputsOf(indicator, data) }
      }
      if (kept && isLeft(indicator)) {
        waiting.add(indicator.id)
        return kept
      }
      anew.push(indicator.id)
      const watched = watchedPlan(data)
      const measurement = measureOne(indicator, data, inUse.get(indicator.id) ?? {}, watched.plan)
      reads.set(indicator.id, watched.roles)
      return kept ? withSameParts(kept, measurement) : measurement
    })
    return { byRole, measurements, reads, waiting, measured: anew }
  }
  const byRole = layersByRole(layers)
  const known = measured && indicators.every(({ id }, at) => measured[at]?.id === id) ? measured : undefined
  let state: State = known
    ? { byRole, drawn: [], measurements: known, reads: new Map(), waiting: new Set() }
    : { drawn: [], ...measure(byRole, undefined, new Set()) }
  const history: Past[] = []
  const said = (measured: readonly string[]): SessionChange => {
    return { measurements: state.measurements, measured, undoable: history.length, waiting: [...state.waiting] }
  }
  return {
    current: () => state.measurements,
    layers: () => [...withoutErased(state.byRole, sources).values()].flat(),
    apply(asked, { leaveSlow } = { leaveSlow: false }) {
      const edits = asked.map((edit) => ('drawn' in edit ? placedEdit(edit, state.drawn) : edit))
      const edited = editedRoles(state.byRole, edits, sources, plan.frame)
      const roles = new Set(edits.map(({ role }) => role))
      const next = measure(edited, state, roles, ({ isSlow }) => leaveSlow && isSlow === true)
      history.push(pastOf(state, roles))
      state = { ...next, drawn: [...state.drawn, ...addedPlaces(state.byRole, edits)] }
      return said(next.measured)
    },
    settle(only) {
      const next = measure(state.byRole, state, new Set(), ({ id }) => only !== undefined && id !== only)
      state = { ...next, drawn: state.drawn }
      return said(next.measured)
    },
    undo() {
      const before = history.pop()
      if (!before) return undefined
      const measuredBack = before.measurements.filter((one, at) => one !== state.measurements[at]).map(({ id }) => id)
      state = returned(before, state.byRole)
      return said(measuredBack)
    },
  }
}

type Sources = (role: Role, kind: GeometryKind) => readonly number[]

/** How many features each source layer of a role and kind has, in the order in which they are merged. */
const sourcesOf = (layers: readonly LayerColumns[]): Sources => {
  const counts = Map.groupBy(layers, ({ role, kind }) => `${role}/${kind}`)
  return (role, kind) => counts.get(`${role}/${kind}`)?.map(({ count }) => count) ?? []
}

/** Layers that only drawings made, all of which are erased, are no layers: what needs them is missing again, not nought. */
function withoutErased(byRole: LayersByRole, sources: Sources): LayersByRole {
  const isThere = (layer: LayerColumns) =>
    sources(layer.role, layer.kind).length > 0 || layer.fid.some((_, feature) => hasShape(layer, feature))
  const kept = new Map(byRole)
  for (const [role, kinds] of byRole) {
    const there = kinds.filter(isThere)
    if (there.length === 0) kept.delete(role)
    else if (there.length < kinds.length) kept.set(role, there)
  }
  return kept
}

const pastOf = ({ byRole, drawn, measurements, reads, waiting }: State, roles: ReadonlySet<Role>): Past => ({
  drawn,
  measurements,
  reads,
  waiting,
  layers: new Map([...roles].map((role) => [role, (byRole.get(role) ?? []).map(savedLayer)])),
})

/** An earlier state again; roles that had no layer have none. */
function returned({ layers, ...measured }: Past, byRole: LayersByRole): State {
  const back = new Map(byRole)
  for (const [role, saved] of layers) {
    const now = byRole.get(role) ?? []
    if (saved.length === 0) back.delete(role)
    else back.set(role, restoredLayers(saved, now))
  }
  return { ...measured, byRole: back }
}

const restoredLayers = (saved: readonly SavedLayer[], now: readonly LayerColumns[]): LayerColumns[] =>
  saved.map((layer) => layer.restored(now))

/** Where a feature that the session added lies. */
interface DrawnPlace {
  role: Role
  kind: GeometryKind
  feature: number
}

/** An edit of a feature by its place in the merged layer instead of its id. */
type PlacedEdit = PlanEdit & { feature?: number }

const preferredKind = (byRole: LayersByRole, role: Role): GeometryKind | undefined =>
  byRole.get(role)?.[0]?.kind ?? kindsOf(role)[0]

/** The same edit with the place that the drawn feature was given. */
function placedEdit(edit: DrawnEdit, drawn: readonly DrawnPlace[]): PlacedEdit {
  const place = drawn[edit.drawn - 1]
  if (place === undefined) throw new AppError('analysis.no-such-drawing', { number: edit.drawn })
  const at = { ...place, fid: edit.drawn }
  if (edit.change === 'redraw') return { ...at, change: 'geometry', parts: edit.parts }
  return edit.change === 'rewrite' ? { ...at, change: 'attributes', attributes: edit.attributes } : { ...at, change: 'delete' }
}

/** Where what is added will lie: at the end of its layer, in the order of the edits. */
function addedPlaces(byRole: LayersByRole, edits: readonly PlanEdit[]): DrawnPlace[] {
  const places: DrawnPlace[] = []
  for (const { change, role, kind: given } of edits) {
    const kind = given ?? preferredKind(byRole, role)
    if (change !== 'add' || kind === undefined) continue
    const before = byRole.get(role)?.find((layer) => layer.kind === kind)?.count ?? 0
    const added = places.filter((place) => place.role === role && place.kind === kind).length
    places.push({ role, kind, feature: before + added })
  }
  return places
}

/** The layers after some edits; layers that no edit names stay the same objects. */
function editedRoles(byRole: LayersByRole, edits: readonly PlacedEdit[], sources: Sources, frame: Frame): LayersByRole {
  const edited = new Map(byRole)
  for (const [role, ofRole] of Map.groupBy(edits, (edit) => edit.role)) {
    const preferred = preferredKind(byRole, role)
    for (const [kind, ofKind] of Map.groupBy(ofRole, (edit) => edit.kind ?? preferred)) {
      const kinds = edited.get(role) ?? []
      const at = kinds.findIndex((layer) => layer.kind === kind)
      const layer = kinds[at]
      if (layer) edited.set(role, kinds.with(at, editedLayer(layer, ofKind, sources(role, layer.kind))))
      else edited.set(role, inOrderOfKinds(role, [...kinds, editedLayer(newLayer(role, kind, ofKind, frame), ofKind, [])]))
    }
  }
  return edited
}

/** A layer without features for a role that has none of a kind: only what is added can go into it. */
function newLayer(role: Role, kind: GeometryKind | undefined, edits: readonly PlanEdit[], frame: Frame): LayerColumns {
  if (kind === undefined || !kindsOf(role).includes(kind) || edits[0]?.change !== 'add') {
    throw new AppError('analysis.no-such-layer', { role })
  }
  return layerBuilder({ role, name: role, kind, frame }, {}, 0.001).finish('')
}

function editedLayer(layer: LayerColumns, edits: readonly PlacedEdit[], sources: readonly number[]): LayerColumns {
  const placeOf = (fid: number, source: number): number => {
    const start = sources.slice(0, source).reduce((sum, count) => sum + count, 0)
    const merged = sources.reduce((sum, count) => sum + count, 0)
    const at = layer.fid.subarray(start, start + (sources[source] ?? 0)).indexOf(fid)
    return at === -1 ? layer.fid.indexOf(fid, merged) : start + at
  }
  const featureOf = (edit: { fid: number; source?: number | undefined; feature?: number | undefined }): number => {
    const { fid } = edit
    const feature = edit.feature ?? placeOf(fid, edit.source ?? 0)
    if (feature === -1 || !hasShape(layer, feature)) throw new AppError('analysis.no-such-feature', { role: layer.role, fid })
    return feature
  }
  const changes = edits.map((edit): LayerEdit => {
    if (edit.change === 'add') return { kind: 'add', parts: edit.parts, attributes: edit.attributes }
    const feature = featureOf(edit)
    if (edit.change === 'delete') return { kind: 'delete', feature }
    return edit.change === 'geometry'
      ? { kind: 'geometry', feature, parts: edit.parts }
      : { kind: 'attributes', feature, attributes: edit.attributes }
  })
  const edited = withinFrame(() => editLayer(layer, changes), layer)
  const shapes = changes.flatMap((change, at) =>
    change.kind === 'geometry' ? [change.feature] : change.kind === 'add' ? [layer.count + addsBefore(changes, at)] : [],
  )
  const gone = new Set(changes.flatMap((change) => (change.kind === 'delete' ? [change.feature] : [])))
  if (shapes.some((feature) => !gone.has(feature) && !hasShape(edited, feature))) {
    throw new AppError('analysis.empty-shape', { role: layer.role })
  }
  return edited
}

/** A coordinate that does not fit the frame is the caller's mistake, not a bug. */
function withinFrame(edit: () => LayerColumns, { role }: LayerColumns): LayerColumns {
  try {
    return edit()
  } catch (error) {
    if (error instanceof RangeError) throw new AppError('analysis.beyond-frame', { role }, { cause: error })
    throw error
  }
}

const addsBefore = (changes: readonly LayerEdit[], at: number): number =>
  changes.slice(0, at).filter(({ kind }) => kind === 'add').length
