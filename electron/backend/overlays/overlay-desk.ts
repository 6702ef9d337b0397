import type { OverlayInfo, OverlayView } from '#core/contract/overlay-procedures.ts'
import type { CallContext, ExportedFile, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import { OVERLAYS } from '#core/overlays/index.ts'
import type { ComputedOverlay, Overlay } from '#core/overlays/overlay.ts'
import { lacksOf, overlayOf, overlayParameters, shownParameters } from '#core/overlays/run-overlay.ts'
import { partView } from '#core/overlays/view.ts'
import { inLang } from '#core/text.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { AnalysisService, CataloguedPlan } from '../analysis/analysis-service.ts'
import type { FileTokens } from '../backend.ts'
import { exportFile } from '../export-file.ts'
import { exportName } from '../export-name.ts'
import type { OverlayCache } from './overlay-cache.ts'
import { writeOverlays, type DrawnOverlay } from './overlay-files.ts'

export interface OverlayDesk {
  list(planId: PlanId): OverlayInfo[]
  /** Shapes for a printed map, taken from an equal run where there is one. @throws as `compute` */
  draw(
    planId: PlanId,
    overlay: { id: string; parameters?: Record<string, number> | undefined },
    call: CallContext,
  ): Promise<{ title: Overlay['title']; outcome: ComputedOverlay['outcome'] }>
  /** @throws AppError `overlays.*`, `analysis.parameter-out-of-range`, `request.cancelled` */
  compute(input: Input<'overlays.compute'>, call: CallContext): Promise<OverlayView>
  /** @throws AppError `overlays.*`, `import.files-gone`, `memo.cannot-write`, `request.cancelled` */
  export(input: Input<'overlays.export'>, call: CallContext): Promise<ExportedFile>
}

interface DeskDependencies {
  catalogue: Catalogue
  tokens: FileTokens
  analyses: Pick<AnalysisService, 'overlay'>
  cache: OverlayCache
  actor: () => Actor
}

/** Analysis overlays of stored plans: which there are, drawn once per content and parameters, and on their way out as files. */
export function createOverlayDesk({ catalogue, tokens, analyses, cache, actor }: DeskDependencies): OverlayDesk {
  const planOf = (planId: PlanId): CataloguedPlan => ({
    plan: catalogue.plans.get(planId),
    layers: catalogue.layers.ofPlan(planId),
  })
  const manifestOf = ({ plan }: CataloguedPlan) => plan.manifest.parameters ?? {}
  const isAvailable = (overlay: Overlay, { layers }: CataloguedPlan) =>
    lacksOf(overlay, new Set(layers.map(({ role }) => role))).length === 0

  const drawn = async (
    of: CataloguedPlan,
    overlay: Overlay,
    parameters: Record<string, number>,
    procedure: 'overlays.compute' | 'overlays.export',
    call: CallContext,
  ): Promise<ComputedOverlay> => {
    const key = cache.keyOf(overlay, of.plan, of.layers, parameters)
    const kept = cache.read(key)
    if (kept) return kept
    const computed = await analyses.overlay(of, { overlay: overlay.id, parameters }, procedure, call)
    cache.write(key, computed)
    return computed
  }

  const drawAll = async (input: Input<'overlays.export'>, call: CallContext): Promise<DrawnOverlay[]> => {
    const of = planOf(input.planId)
    const asked = input.overlays.length > 0 ? input.overlays.map(overlayOf) : OVERLAYS.filter((one) => isAvailable(one, of))
    const found: DrawnOverlay[] = []
    let why = ''
    for (const overlay of asked) {
      const parameters = overlayParameters(overlay, manifestOf(of), input.parameters?.[overlay.id])
      const { outcome } = await drawn(of, overlay, parameters, 'overlays.export', call)
      if (outcome.kind === 'drawn') found.push({ overlay, parts: outcome.parts })
      else why = inLang(outcome.why, input.lang)
    }
    if (found.length === 0) throw new AppError('overlays.nothing-drawn', { why })
    return found
  }

  return {
    list(planId) {
      const of = planOf(planId)
      const present = new Set(of.layers.map(({ role }) => role))
      return OVERLAYS.map((overlay): OverlayInfo => {
        const values = overlayParameters(overlay, manifestOf(of))
        const shown = shownParameters(overlay, values)
        const lacks = lacksOf(overlay, present)
        const { id, group, title, summary, source } = overlay
        return {
          id,
          group,
          title,
          summary,
          source,
          lacks,
          parameters: Object.entries(overlay.parameters).map(([name, info]) => ({
            ...info,
            name,
            value: shown[name] ?? info.default,
          })),
          isSlow: overlay.isSlow === true,
          isReady: lacks.length === 0 && cache.has(cache.keyOf(overlay, of.plan, of.layers, values)),
        }
      })
    },
    async draw(planId, { id, parameters: asked }, call) {
      const of = planOf(planId)
      const overlay = overlayOf(id)
      const { outcome } = await drawn(of, overlay, overlayParameters(overlay, manifestOf(of), asked), 'overlays.compute', call)
      return { title: overlay.title, outcome }
    },
    async compute({ planId, overlay: id, parameters: asked }, call) {
      const of = planOf(planId)
      const overlay = overlayOf(id)
      const parameters = overlayParameters(overlay, manifestOf(of), asked)
      const { outcome, method, notes } = await drawn(of, overlay, parameters, 'overlays.compute', call)
      return {
        overlay: id,
        title: overlay.title,
        method,
        notes: [...notes],
        parameters: shownParameters(overlay, parameters),
        outcome:
          outcome.kind === 'missing'
            ? { ...outcome, needs: [...outcome.needs] }
            : { kind: 'drawn', figures: [...outcome.figures], parts: outcome.parts.map((part) => partView(part)) },
      }
    },
    async export(input, call) {
      const { plan } = planOf(input.planId)
      const [only] = input.overlays
      const what = input.overlays.length === 1 ? only : 'overlays'
      const fileName = exportName(plan.nameZh ?? plan.name, `${what}.${input.format}`)
      const overlays = await drawAll(input, call)
      const reader = { lang: input.lang, areaUnit: catalogue.settings.get().areaUnit }
      const detail = { format: input.format, overlays: overlays.map(({ overlay }) => overlay.id).join(' ') }
      const leaving = { target: input.target, fileName, action: 'overlays.exported', object: input.planId, detail }
      return exportFile({ catalogue, tokens, actor }, leaving, call, (file) =>
        writeOverlays(file, input.format, { plan, overlays, reader }),
      )
    },
  }
}
