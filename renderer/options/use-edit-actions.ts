import { useCallback, useMemo } from 'react'
import type { SessionEdit } from '#core/contract/analysis-procedures.ts'
import type { MapSetup } from '#core/contract/map-data.ts'
import type { OptionId, PlanId } from '#core/model/ids.ts'
import { roleInfo, type RoleField } from '#core/model/roles.ts'
import { bilingual, type Bilingual } from '#core/text.ts'
import { useClient, useRead } from '../api/use-api.tsx'
import type { EditParts, Place } from '../map/map-edit.ts'
import { useWords } from '../i18n/use-words.ts'
import { changedFeatures, type DrawnFeature } from './changed-features.ts'
import { useEditSource, type EditSource } from './edit-sources.ts'
import { drawingValues, type EditValues } from './edit-values.ts'
import { hitsShape } from './hit-shape.ts'
import { partsOfShape } from './option-shapes.ts'
import { useOptions, type ChosenFeature } from './option-store.ts'
import { stepTitles } from './step-titles.ts'
import { useStep } from './use-option.ts'

/** As many as one step takes. */
export const MOST_CHOSEN = 1000
/** How far around a click the backend looks at most. */
const WIDEST_M = 10_000

/** What is wished of a feature, whether it is the plan's or the option's own. */
type Wish = { parts: EditParts } | { attributes: EditValues } | 'gone'

/** The edit that a wish comes to: features of the plan are named by their layer, drawn ones by their number. */
function editOf({ layerId, fid }: ChosenFeature, wish: Wish): SessionEdit {
  if (layerId === null) {
    if (wish === 'gone') return { change: 'erase', drawn: fid }
    return 'parts' in wish ? { change: 'redraw', drawn: fid, ...wish } : { change: 'rewrite', drawn: fid, ...wish }
  }
  if (wish === 'gone') return { change: 'delete', layerId, fid }
  return 'parts' in wish ? { change: 'geometry', layerId, fid, ...wish } : { change: 'attributes', layerId, fid, ...wish }
}

/** What a drawn feature is called: its name in quotes, else the number of the drawing. */
export const drawingTitle = ({ attributes: { name }, number }: Pick<DrawnFeature, 'attributes' | 'number'>): Bilingual =>
  typeof name === 'string' && name !== ''
    ? bilingual(`“${name}”`, `“${name}”`)
    : bilingual(`新绘 ${number} 号`, `drawing ${number}`)

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
  const { say } = useWords()
  const { step, busy } = useStep(optionId)
  const changes = useChanges(optionId)
  const { sources, source, drawings } = useEditSource(setup, changes.drawn)

  const chosenOf = useCallback(
    (drawing: DrawnFeature): ChosenFeature => ({ layerId: null, fid: drawing.number, title: say(drawingTitle(drawing)) }),
    [say],
  )

  /** What lies under a place as the option has it: what it drew, what it reshaped, then what stayed where it was. */
  const under = useCallback(
    async (at: Place, toleranceM: number): Promise<ChosenFeature | null> => {
      if (source === null) return null
      const { layerId, kind } = source
      const drawing = drawings.findLast(({ parts }) => hitsShape(kind, parts, at, toleranceM))
      if (drawing) return chosenOf(drawing)
      if (layerId === null) return null
      const own = changes.changed.filter((one) => one.layerId === layerId)
      const found = (await client.call('map.identify', { planId, xM: at[0], yM: at[1], toleranceM })).filter(
        (one) =>
          one.layerId === layerId && !own.some(({ fid, isDeleted, parts }) => fid === one.fid && (isDeleted || parts !== null)),
      )
      const reshaped = own.findLast(
        ({ isDeleted, parts }) => !isDeleted && parts !== null && hitsShape(kind, parts, at, toleranceM),
      )
      if (reshaped) return { layerId, fid: reshaped.fid, title: `${say(source.title)} ${reshaped.fid}` }
      const [first] = found
      return first ? { layerId, fid: first.fid, title: first.title } : null
    },
    [client, planId, source, drawings, changes, chosenOf, say],
  )

  const pick = useCallback(
    async (places: readonly Place[], toleranceM: number) => {
      try {
        const found = await Promise.all(places.map((at) => under(at, Math.min(toleranceM, WIDEST_M))))
        const chosen = useOptions.getState().chosen.length
        const features = found.filter((one) => one !== null)
        useOptions.getState().choose(features.slice(0, MOST_CHOSEN - chosen), { toggle: places.length === 1 })
      } catch (error) {
        useOptions.getState().fail(error)
      }
    },
    [under],
  )

  const onChosen = useCallback(
    (title: (count: number, source: EditSource) => Bilingual, wish: Wish) => {
      const { chosen } = useOptions.getState()
      if (source === null || chosen.length === 0) return Promise.resolve(null)
      return step(
        title(chosen.length, source),
        chosen.map((one) => editOf(one, wish)),
      )
    },
    [source, step],
  )

  const recode = useCallback(async () => {
    const { code } = useOptions.getState()
    if (code === null) return null
    return onChosen((count, of) => stepTitles.recode(count, of.title, code), { attributes: { class: code } })
  }, [onChosen])

  const setAttribute = useCallback(
    (name: string, field: RoleField, value: string | number | boolean | null) =>
      onChosen((count, of) => stepTitles.setAttribute(count, of.title, field, String(value ?? '—')), {
        attributes: { [name]: value },
      }),
    [onChosen],
  )

  const remove = useCallback(() => onChosen((count, of) => stepTitles.remove(count, of.title), 'gone'), [onChosen])

  const startReshape = useCallback(async () => {
    const [feature] = useOptions.getState().chosen
    if (!feature || source === null) return
    const { layerId, fid } = feature
    const known =
      layerId === null
        ? drawings.find(({ number }) => number === fid)?.parts
        : changes.changed.find((one) => one.layerId === layerId && one.fid === fid)?.parts
    try {
      const own = async () =>
        layerId === null ? [] : partsOfShape(await client.call('map.features', { planId, layerId, fids: [fid] }))
      useOptions.getState().reshape({ feature, kind: source.kind, parts: known ?? (await own()) })
    } catch (error) {
      useOptions.getState().fail(error)
    }
  }, [client, planId, source, drawings, changes])

  const finish = useCallback(async () => {
    const now = useOptions.getState()
    if (now.tool === 'reshape' && now.reshaped && source) {
      const { feature, parts } = now.reshaped
      const drawing = feature.layerId === null ? drawings.find(({ number }) => number === feature.fid) : undefined
      const name = drawing ? drawingTitle(drawing) : bilingual(` ${feature.fid} 号`, String(feature.fid))
      const done = await step(stepTitles.reshape(source.title, name), [editOf(feature, { parts })])
      if (done) useOptions.getState().take('select')
    } else if (now.tool === 'draw') {
      const attributes = drawingValues(now.role, now.written, now.code)
      if (attributes === null || !canDraw(now)) return
      const { role, kind } = now
      const parts = [[now.draft.flat()]]
      const title = stepTitles.draw(roleInfo(role).title, now.written['name']?.trim() ?? '')
      await step(title, [{ change: 'draw', role, kind, parts, attributes }])
    } else await recode()
  }, [source, drawings, step, recode])

  return { sources, source, drawings, chosenOf, changes, busy, pick, recode, setAttribute, remove, startReshape, finish }
}

export type EditActions = ReturnType<typeof useEditActions>
