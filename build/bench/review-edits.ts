import { setImmediate as nextTurn } from 'node:timers/promises'
import { planSession, type PlanEdit, type PlanSession } from '#core/analysis/plan-session.ts'
import { partsOf } from '#core/geo/edit-layer.ts'
import { loadGeos } from '#core/geo/geos.ts'
import { loadCity } from './review-load.ts'
import type { ReviewFigures } from './review-figures.ts'

/* What single edits cost in a session over a city that review-city.ts has written; prints milliseconds as JSON. As in the application, the process holds the session and nothing else. */
const [folder = ''] = process.argv.slice(2)
const { plan, layers, parameters } = loadCity(folder)
const geos = await loadGeos()
const session = planSession({ plan, layers, geos, parameters })
const parcels = layers.find(({ role }) => role === 'landuse_plan')
if (!parcels) throw new Error('the sample city has no planned land use')

const spread = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN
  return { median: at(0.5), p95: at(0.95), worst: at(1) }
}
let seed = 1
const random = (below: number) => (seed = (Math.imul(seed, 48_271) >>> 0) % 2_147_483_647) % below

/**
 * Milliseconds of single edits, each on what the ones before have left; the first ones compile code, as the session's own trial edit does. Each
 * is a turn of its own, as in the application: what an edit no longer needs is let go between them. Processor time is that of this thread,
 * with what the collector of memory takes from it.
 */
const EDITS = parcels.count > 500_000 ? 20 : 100
const WARM_EDITS = 3
const edited = async (make: (fid: number) => PlanEdit[]) => {
  const [wall, cpu]: [number[], number[]] = [[], []]
  for (let edit = 0; edit < WARM_EDITS + EDITS; edit += 1) {
    await nextTurn()
    const edits = make(1 + random(parcels.count))
    const before = process.threadCpuUsage()
    const start = performance.now()
    session.apply(edits, { leaveSlow: true })
    wall.push(performance.now() - start)
    const { user, system } = process.threadCpuUsage(before)
    cpu.push((user + system) / 1000)
  }
  return { ...spread(wall.slice(WARM_EDITS)), cpu: spread(cpu.slice(WARM_EDITS)).median }
}
const CODES = ['0701', '0901', '1001', '1401', '0101']
const shapeOf = (current: PlanSession, fid: number, move: number) => {
  const layer = current.layers().find(({ role }) => role === 'landuse_plan') ?? parcels
  return partsOf(layer, fid - 1).map((part) => part.map((ring) => Array.from(ring, (mm) => mm / 1000 + move)))
}
const figures: ReviewFigures['edits'] = {
  'class of a parcel': await edited((fid) => [
    { role: 'landuse_plan', change: 'attributes', fid, attributes: { class: CODES[random(5)] ?? '0701' } },
  ]),
  'outline of a parcel': await edited((fid) => [
    { role: 'landuse_plan', change: 'geometry', fid, parts: shapeOf(session, fid, 3) },
  ]),
  'a park where a parcel is': await edited((fid) => [
    { role: 'green', change: 'add', parts: shapeOf(session, fid, 0), attributes: {} },
  ]),
}
console.log(JSON.stringify(figures))
