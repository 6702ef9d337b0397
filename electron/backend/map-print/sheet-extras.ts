import type { BasemapInfo } from '#core/contract/basemap.ts'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import type { SheetOverlay } from '#core/contract/map-sheet-procedures.ts'
import { AppError, describeError } from '#core/errors.ts'
import type { SheetFinding } from '#core/map/sheet-marks.ts'
import type { PlacedPicture } from '#core/map-sheet/sheet-layer.ts'
import type { PlanId, ReviewId } from '#core/model/ids.ts'
import type { Plan } from '#core/model/plan.ts'
import type { ComputedOverlay, OverlayPart } from '#core/overlays/overlay.ts'
import type { Finding } from '#core/review/finding.ts'
import { bilingual, type Bilingual, type Lang } from '#core/text.ts'
import { basemapPicture, type CutCells } from './basemap-picture.ts'
import type { PictureDetail } from './picture-size.ts'

/** An overlay as a sheet draws it. */
export interface OverlayOnSheet {
  id: string
  title: Bilingual
  opacity: number
  parts: readonly OverlayPart[]
}

/** What lies over and under the layers of a plan. */
export interface SheetExtras {
  /** The topmost first. */
  overlays: OverlayOnSheet[]
  findings: SheetFinding[]
  basemap: (Omit<PlacedPicture, 'seen'> & Pick<BasemapInfo, 'name' | 'attribution'>) | null
  /** What was asked for and cannot be drawn. */
  leftOut: Bilingual[]
}

/** Where extras come from. */
export interface ExtraSources {
  drawOverlay: (
    planId: PlanId,
    overlay: Pick<SheetOverlay, 'id' | 'parameters'>,
    call: CallContext,
  ) => Promise<{ title: Bilingual; outcome: ComputedOverlay['outcome'] }>
  findingsOf: (reviewId: ReviewId) => readonly Finding[]
  basemap: { get: () => BasemapInfo | null; cells: CutCells }
}

type Asked = Omit<Input<'map.sheet'>, 'planId'>

/**
 * Gathers what is drawn with the layers of a plan: overlays computed or taken from an equal run, findings that stand, the basemap.
 * What cannot be drawn is named and never passed over. @throws AppError `overlays.*`, `analysis.*`, `request.cancelled`
 */
export async function sheetExtras(
  sources: ExtraSources,
  plan: Plan,
  asked: Asked,
  detail: PictureDetail,
  call: CallContext,
): Promise<SheetExtras> {
  const leftOut: Bilingual[] = []
  const overlays: OverlayOnSheet[] = []
  for (const { opacity, ...overlay } of asked.overlays) {
    const { title, outcome } = await sources.drawOverlay(plan.id, overlay, call)
    if (outcome.kind === 'drawn') overlays.push({ id: overlay.id, title, opacity, parts: outcome.parts })
    else leftOut.push(bilingual(`${title.zh}（${outcome.why.zh}）`, `${title.en} (${outcome.why.en})`))
  }
  const findings = asked.reviewId === null ? [] : sources.findingsOf(asked.reviewId).filter(isPlaced).map(onSheet)
  const basemap = asked.basemap ? await basemapUnder(sources, plan, asked, detail, call, leftOut) : null
  return { overlays, findings, basemap, leftOut }
}

const isPlaced = ({ withdrawn, mark, evidence }: Finding): boolean => !withdrawn && (mark !== undefined || evidence.length > 0)

const onSheet = ({ number, severity, mark, evidence }: Finding): SheetFinding => ({
  number,
  severity,
  evidence,
  ...(mark && { mark }),
})

async function basemapUnder(
  { basemap: { get, cells } }: ExtraSources,
  plan: Plan,
  asked: Asked,
  detail: PictureDetail,
  call: CallContext,
  leftOut: Bilingual[],
): Promise<SheetExtras['basemap']> {
  const info = get()
  if (info === null) {
    leftOut.push(bilingual('底图（未设置）', 'basemap (none is set)'))
    return null
  }
  if (plan.frame.kind !== 'equal-area') {
    leftOut.push(bilingual('底图（方案没有地理位置）', 'basemap (the plan has no place on Earth)'))
    return null
  }
  try {
    const picture = await basemapPicture(info, plan, asked, detail, cells, call.signal)
    if (picture === null) leftOut.push(bilingual('底图（不覆盖本图幅）', 'basemap (it does not reach this sheet)'))
    return picture && { ...picture, name: info.name, attribution: info.attribution }
  } catch (error) {
    if (!(error instanceof AppError) || error.code === 'request.cancelled') throw error
    const why = (lang: Lang) => describeError(error.toWire(), lang).title
    leftOut.push(bilingual(`底图（${why('zh')}）`, `basemap (${why('en')})`))
    return null
  }
}
