import { useCallback, useMemo } from 'react'
import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { MapLayer, MapSetup } from '#core/contract/map-data.ts'
import type { LayerId, OptionId, PlanId } from '#core/model/ids.ts'
import { roleInfo, type Role, type RoleField } from '#core/model/roles.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import type { Place } from '../map/map-edit.ts'
import { changedFeatures } from './changed-features.ts'
import { drawingValues } from './edit-values.ts'
import { partsOfShape, snapped } from './option-shapes.ts'
import { useOptions, type ChosenFeature } from './option-store.ts'
import { stepTitles } from './step-titles.ts'
import { useStep } from './use-option.ts'

/** As many as one step takes. */
export const MOST_CHOSEN = 1000
/** How far around a click the backend looks at most. */
const WIDEST_M = 10_000

/** A layer whose features can be edited. */
export type EditableLayer = MapLayer & { role: Role }

export const editableLayers = (setup: MapSetup): EditableLayer[] =>
  setup.layers.filter((layer): layer is EditableLayer => layer.kind !== 'raster' && layer.role !== 'topology')

/** The layer that is selected from: as chosen, else planned land use, else the first. */
export function useEditedLayer(setup: MapSetup | null): EditableLayer | null {
  const wanted = useOptions((state) => state.layerId)
  return useMemo(() => {
    const layers = setup ? editableLayers(setup) : []
    return layers.find(({ id }) => id === wanted) ?? layers.find(({ role }) => role === 'landuse_plan') ?? layers[0] ?? null
  }, [setup, wanted])
}

/** What an option has changed so far. */
export function useChanges(optionId: OptionId | null) {
  const { data } = useRead('options.changes', { optionId: optionId ?? ('' as OptionId) }, { enabled: optionId !== null })
  return useMemo(() => changedFeatures(data ?? []), [data])
}

/** How many points a shape needs. */
export const LEAST_POINTS = { polygon: 3, line: 2, point: 1 } as const

/** Whether what is drawn can be made a step. */
export function canDraw({ kind, draft, role, written, code }: ReturnType<typeof useOptions.getState>): boolean {
  return draft.length >= LEAST_POINTS[kind] && drawingValues(role, written, code) !== null
}

/** What the tools do, whether a click, a key or a button asks for it. Every action is one step with a title. */
export function useEditActions(planId: PlanId, setup: MapSetup | null, optionId: OptionId | null) {
  const client = useClient()
  const { step, busy } = useStep(optionId)
  const layer = useEditedLayer(setup)
  const changes = useChanges(optionId)

  const isDeleted = useCallback(
    (layerId: LayerId, fid: number) => changes.changed.some((one) => one.layerId === layerId && one.fid === fid && one.isDeleted),
    [changes],
  )

  const pick = useCallback(
    async (places: readonly Place[], toleranceM: number) => {
      if (layer === null) return
      try {
        const wide = Math.min(toleranceM, WIDEST_M)
        const found = await Promise.all(
          places.map(([xM, yM]) => client.call('map.identify', { planId, xM, yM, toleranceM: wide })),
        )
        const features = found.flatMap((under): ChosenFeature[] => {
          const feature = under.find(({ layerId, fid }) => layerId === layer.id && !isDeleted(layerId, fid))
          return feature ? [{ layerId: feature.layerId, fid: feature.fid, title: feature.title }] : []
        })
        const chosen = useOptions.getState().chosen.length
        useOptions.getState().choose(features.slice(0, MOST_CHOSEN - chosen), { toggle: places.length === 1 })
      } catch (error) {
        useOptions.getState().fail(error)
      }
    },
    [client, planId, layer, isDeleted],
  )

  const addPoint = useCallback(
    async (at: Place, toleranceM: number, isFree: boolean) => {
      const { snaps, addPoint: add } = useOptions.getState()
      try {
        add(snaps && !isFree ? await snapped(client, planId, at, Math.min(toleranceM, WIDEST_M)) : at)
      } catch (error) {
        useOptions.getState().fail(error)
      }
    },
    [client, planId],
  )

  const onChosen = useCallback(
    (title: (count: number, layer: EditableLayer) => Parameters<typeof step>[0], edit: (one: ChosenFeature) => SessionEdit) => {
      const { chosen } = useOptions.getState()
      return layer && chosen.length > 0 ? step(title(chosen.length, layer), chosen.map(edit)) : Promise.resolve(null)
    },
    [layer, step],
  )

  const recode = useCallback(async () => {
    const { code } = useOptions.getState()
    if (code === null) return null
    return onChosen(
      (count, of) => stepTitles.recode(count, of.title, code),
      ({ layerId, fid }) => ({ change: 'attributes', layerId, fid, attributes: { class: code } }),
    )
  }, [onChosen])

  const setAttribute = useCallback(
    (name: string, field: RoleField, value: string | number | boolean | null) =>
      onChosen(
        (count, of) => stepTitles.setAttribute(count, of.title, field, String(value ?? '—')),
        ({ layerId, fid }) => ({ change: 'attributes', layerId, fid, attributes: { [name]: value } }),
      ),
    [onChosen],
  )

  const remove = useCallback(
    () =>
      onChosen(
        (count, of) => stepTitles.remove(count, of.title),
        ({ layerId, fid }) => ({ change: 'delete', layerId, fid }),
      ),
    [onChosen],
  )

  const startReshape = useCallback(async () => {
    const [feature] = useOptions.getState().chosen
    if (!feature || layer === null || layer.kind === 'raster') return
    const { layerId, fid } = feature
    const known = changes.changed.find((one) => one.layerId === layerId && one.fid === fid)?.parts
    const parts = known ?? partsOfShape(await client.call('map.features', { planId, layerId, fids: [fid] }))
    useOptions.getState().reshape({ feature, kind: layer.kind, parts })
  }, [client, planId, layer, changes])

  const finish = useCallback(async () => {
    const now = useOptions.getState()
    if (now.tool === 'reshape' && now.reshaped && layer) {
      const { feature, parts } = now.reshaped
      const { layerId, fid } = feature
      const done = await step(stepTitles.reshape(layer.title, fid), [{ change: 'geometry', layerId, fid, parts }])
      if (done) useOptions.getState().take('select')
    } else if (now.tool === 'draw') {
      const attributes = drawingValues(now.role, now.written, now.code)
      if (attributes === null || !canDraw(now)) return
      const { role, kind } = now
      const parts = [[now.draft.flat()]]
      const title = stepTitles.draw(roleInfo(role).title, now.written['name']?.trim() ?? '')
      await step(title, [{ change: 'draw', role, kind, parts, attributes }])
    } else await recode()
  }, [layer, step, recode])

  return { layer, changes, busy, pick, addPoint, recode, setAttribute, remove, startReshape, finish }
}

export type EditActions = ReturnType<typeof useEditActions>
