import type { PlanId } from '#core/model/ids.ts'

/** Where in the product the reader is; the whole of it fits into the address after the hash. */
export type Route = { page: 'catalogue' } | { page: 'plan'; planId: PlanId } | { page: 'memo'; planId: PlanId }

const CATALOGUE: Route = { page: 'catalogue' }

/** Reads `#/plan/<id>` and `#/plan/<id>/memo`; anything else is the catalogue. */
export function parseRoute(hash: string): Route {
  const [, section, id, page] = hash.replace(/^#/, '').split('/')
  if (section !== 'plan' || !id || !/^[\w-]{1,64}$/.test(id)) return CATALOGUE
  const planId = id as PlanId
  return page === 'memo' ? { page: 'memo', planId } : { page: 'plan', planId }
}

/** The address of a route; the inverse of `parseRoute`. */
export const routeHash = (route: Route): string =>
  route.page === 'catalogue' ? '#/' : `#/plan/${route.planId}${route.page === 'memo' ? '/memo' : ''}`
