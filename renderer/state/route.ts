import type { LibraryMemoId, PlanId } from '#core/model/ids.ts'
import { isWindowHash, type WindowPanel } from '#core/windows/address.ts'

/** Where in the product the reader is; the whole of it fits into the address after the hash. */
export type Route =
  | { page: 'catalogue' }
  | { page: 'plan'; planId: PlanId }
  | { page: 'memo'; planId: PlanId }
  /** Score cards of opportunity areas. */
  | { page: 'opportunity'; planId: PlanId }
  /** The panel of experts. */
  | { page: 'panel'; planId: PlanId }
  /** What came over from the earlier plan; and a plan on one page. */
  | { page: 'round' | 'orientation'; planId: PlanId }
  /** One panel of the desk alone, in a second window; `pair` is the name it has in common with the first. */
  | { page: 'window'; planId: PlanId; panel: WindowPanel; pair: string }
  /** Several plans of the catalogue as states of one series. */
  | { page: 'monitoring' }
  /** Memos of every office, or one of them to be read, at a finding or an item. */
  | { page: 'library'; memoId: LibraryMemoId | null; at: string | null }
  /** The folder that others put files into. */
  | { page: 'inbox' }
  /** The versions of a checklist, and the editor for a new one. */
  | { page: 'checklist'; checklistId: string }
  /** Result tables; without a name the first there is. */
  | { page: 'results'; planId: PlanId; indicator: string | null; table: string | null }
  /** `planId` is the newer version; without an older one the screen proposes one. */
  | { page: 'compare'; planId: PlanId; beforeId: PlanId | null }
  /** Two linked maps: the base year beside the plan, or an older version beside the newer one. */
  | { page: 'sides'; planId: PlanId; beforeId: PlanId | null }

const CATALOGUE: Route = { page: 'catalogue' }
const ID = /^[\w-]{1,64}$/

/**
 * Reads `#/plan/<id>`, `#/plan/<id>/memo`, `#/plan/<id>/opportunity`, `#/plan/<id>/panel`, `#/plan/<id>/compare[/<older id>]`, `#/plan/<id>/sides[/<older id>]` and
 * `#/plan/<id>/results[/<indicator>[/<table>]]`;
 * `#/plan/<id>/window/<panel>/<pair>`, `#/plan/<id>/round`, `#/plan/<id>/orientation`, `#/monitoring` and `#/checklist/<id>` too; anything else is the catalogue.
 */
export function parseRoute(hash: string): Route {
  const [, section, id, page, other, last] = hash.replace(/^#/, '').split('/')
  if (section === 'monitoring' && id === undefined) return { page: 'monitoring' }
  if (section === 'inbox' && id === undefined) return { page: 'inbox' }
  if (section === 'library') return libraryRoute(id, page)
  if (section === 'checklist' && id && ID.test(id) && page === undefined) return { page: 'checklist', checklistId: id }
  if (section !== 'plan' || !id || !ID.test(id)) return CATALOGUE
  const planId = id as PlanId
  if (page === 'window') return isWindowHash(hash) ? { page, planId, panel: other as WindowPanel, pair: last ?? '' } : CATALOGUE
  if (page === 'compare' || page === 'sides')
    return { page, planId, beforeId: other && ID.test(other) ? (other as PlanId) : null }
  if (page === 'results') {
    const indicator = other && ID.test(other) ? other : null
    return { page, planId, indicator, table: indicator !== null && last && ID.test(last) ? last : null }
  }
  if (page === 'opportunity' || page === 'panel' || page === 'round' || page === 'orientation') return { page, planId }
  return page === 'memo' ? { page: 'memo', planId } : { page: 'plan', planId }
}

function libraryRoute(id: string | undefined, at: string | undefined): Route {
  const memoId = id && ID.test(id) ? (id as LibraryMemoId) : null
  return { page: 'library', memoId, at: memoId !== null && at ? decoded(at) : null }
}

/** What stands in an address; null where that is no text. */
function decoded(part: string): string | null {
  try {
    return decodeURIComponent(part)
  } catch (error) {
    if (error instanceof URIError) return null
    throw error
  }
}

/** The address of a route; the inverse of `parseRoute`. */
export function routeHash(route: Route): string {
  if (route.page === 'catalogue') return '#/'
  if (route.page === 'monitoring') return '#/monitoring'
  if (route.page === 'inbox') return '#/inbox'
  if (route.page === 'library')
    return ['#/library', route.memoId, route.at === null ? null : encodeURIComponent(route.at)]
      .filter((part) => part !== null)
      .join('/')
  if (route.page === 'checklist') return `#/checklist/${route.checklistId}`
  const plan = `#/plan/${route.planId}`
  if (route.page === 'compare' || route.page === 'sides')
    return `${plan}/${route.page}${route.beforeId === null ? '' : `/${route.beforeId}`}`
  if (route.page === 'results') return [`${plan}/results`, route.indicator, route.table].filter((part) => part !== null).join('/')
  if (route.page === 'window') return `${plan}/window/${route.panel}/${route.pair}`
  return route.page === 'plan' ? plan : `${plan}/${route.page}`
}
