import type { Input } from '#core/contract/procedures.ts'
import { readScale, scaleOf } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import type { Lang } from '#core/text.ts'
import type { PrintChoice } from './print-store.ts'
import type { OnScreen } from './use-on-screen.ts'

type Asked = Input<'map.sheet'>

/** Where the map on the screen looks. */
export interface Seen {
  centre: readonly [number, number]
  metresPerPixel: number
}

const LEAST = 50
const MOST = 1e8

interface SheetOf {
  planId: PlanId
  /** Null before the map has told. */
  seen: Seen | null
  layerIds: readonly LayerId[] | null
  /** What the screen shows besides. */
  onScreen: OnScreen
  lang: Lang
}

type Where = Pick<Asked, 'scale' | 'centreM'>

/** What is asked of the backend; null while a typed scale cannot be read. */
export function askedSheet(choice: PrintChoice, of: SheetOf): Asked | null {
  const where = whereOf(choice, of.seen)
  return where && sheetAt(choice, of, where)
}

/** What the preview shows: the same, or the whole plan while a scale is being typed. */
export const previewSheet = (choice: PrintChoice, of: SheetOf): Asked => sheetAt(choice, of, whereOf(choice, of.seen) ?? WHOLE)

const WHOLE: Where = { scale: null, centreM: null }

function whereOf({ scaleMode, scale: words }: PrintChoice, seen: Seen | null): Where | null {
  const centreM: Where['centreM'] = seen && [seen.centre[0], seen.centre[1]]
  if (scaleMode === 'typed') {
    const scale = readScale(words)
    return scale === null || scale < LEAST || scale > MOST ? null : { scale, centreM }
  }
  if (scaleMode === 'fit' || seen === null) return WHOLE
  return { scale: Math.min(MOST, Math.max(LEAST, Math.round(scaleOf(seen.metresPerPixel)))), centreM }
}

function sheetAt(choice: PrintChoice, { planId, layerIds, onScreen, lang }: SheetOf, where: Where): Asked {
  return {
    planId,
    ...where,
    paper: choice.paper,
    orientation: choice.orientation,
    layerIds: layerIds && [...layerIds],
    grids: false,
    overlays: choice.overlays ? [...onScreen.overlays] : [],
    numbered: onScreen.numbered,
    faded: onScreen.faded,
    reviewId: choice.findings ? onScreen.reviewId : null,
    basemap: choice.basemap && onScreen.basemap,
    title: null,
    source: choice.source.trim(),
    names: choice.names,
    palette: choice.palette === 'own' ? null : choice.palette,
    // Only paper is cut into pieces.
    printer: choice.format !== 'pdf' || choice.printer === 'whole' ? null : choice.printer,
    lang,
  }
}
