import { mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import path from 'node:path'
import { createBackend } from '#backend/backend.ts'
import { launchNode } from '#backend/launch-node.ts'
import { featureCount } from '#core/attributes/feature-set.ts'
import { connectClient, type Client } from '#core/contract/client.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import type { FileToken } from '#core/model/ids.ts'
import { greenprint } from './command-line.ts'

/**
 * The attribute table over 200,000 and 1,000,000 parcels, asked as the screen asks it: pages, filter, selection, statistics, search and
 * files. Milliseconds by the clock, median of five after a first that is told apart; files once.
 * `node build/bench/attributes.ts [parcels …]`
 */
const SIZES = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [200_000, 1_000_000]
const root = path.resolve(import.meta.dirname, '../..')

async function ms(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}

async function tell(what: string, work: () => Promise<unknown>, times = 5): Promise<void> {
  const first = await ms(work)
  const more: number[] = []
  for (let at = 0; at < times; at++) more.push(await ms(work))
  const median = more.toSorted((a, b) => a - b)[Math.floor(times / 2)]
  console.log(`  ${what.padEnd(58)} ${first.toFixed(0).padStart(7)} ${median === undefined ? '' : median.toFixed(0).padStart(7)}`)
}

async function measure(client: Client, saved: (name: string) => FileToken): Promise<void> {
  const { id: planId } = (await client.call('plans.list', {}))[0] ?? {}
  if (planId === undefined) throw new Error('the sample was not imported')
  const layer = (await client.call('attributes.layers', { planId })).find(({ role }) => role === 'landuse_plan')
  const { extent } = await client.call('map.setup', { planId })
  if (layer === undefined || extent === null) throw new Error('the sample has no planned land use')
  const of = { planId, layerId: layer.id }
  const all = { ...of, where: '', only: null, sort: [] }
  const byArea = [{ field: 'area', down: true }]
  const large = { ...all, where: "class = '0701' AND area > 0.2 ha" }
  console.log(`\n${layer.features} parcels (load of the machine ${loadavg()[0]?.toFixed(1)}); ms: first, then median`)
  await tell('first page', () => client.call('attributes.page', { ...all, offset: 0, limit: 200 }))
  await tell('page in the middle', () => client.call('attributes.page', { ...all, offset: layer.features >> 1, limit: 200 }))
  await tell('page in the middle, by area', () =>
    client.call('attributes.page', { ...all, sort: byArea, offset: layer.features >> 1, limit: 200 }),
  )
  await tell('filter by class and area, counted', () => client.call('attributes.page', { ...large, offset: 0, limit: 0 }))
  await tell('select by that filter', () => client.call('attributes.select', { ...of, where: large.where }))
  const [x0, y0, x1, y1] = extent
  const [left, right] = [x0 + (x1 - x0) / 4, x0 + ((x1 - x0) * 3) / 4]
  const [low, high] = [y0 + (y1 - y0) / 4, y0 + ((y1 - y0) * 3) / 4]
  const xyM = [left, low, right, low, right, high, left, high]
  const within = () => client.call('attributes.selectWithin', { planId, layerIds: [layer.id], xyM, mode: 'touching' })
  await tell('select by a polygon over a quarter of the plan', within)
  const only = (await within())[0]?.features
  if (only === undefined) throw new Error('nothing lies in the middle of the plan')
  const chosen = { ...all, only }
  await tell(`statistics of those ${featureCount(only)}`, () =>
    client.call('attributes.statistics', { ...of, where: '', only, field: 'area' }),
  )
  await tell('statistics of all', () => client.call('attributes.statistics', { ...of, where: '', only: null, field: 'area' }))
  await tell('only what is selected, first page', () => client.call('attributes.page', { ...chosen, offset: 0, limit: 200 }))
  await tell('search of a number in all layers', () => client.call('attributes.search', { planId, text: 'GH0001586', limit: 20 }))
  for (const format of ['csv', 'gpkg'] as const) {
    const file = { ...chosen, format, lang: 'zh' as const }
    await tell(`what is selected as ${format}`, () => client.call('attributes.export', { ...file, target: saved(format) }), 1)
  }
}

for (const parcels of SIZES) {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-bench-'))
  try {
    const catalogueDir = path.join(dir, 'catalogue')
    greenprint('sample', path.join(dir, 'city'), '--parcels', String(parcels))
    greenprint('import', path.join(dir, 'city/plan.json'), '--catalogue', catalogueDir)
    const backend = await createBackend({
      catalogueDir,
      host: 'cli',
      launchChild: launchNode,
      resourcesDir: path.join(root, 'resources'),
    })
    const [near, far] = memoryPortPair()
    backend.serve(far)
    const client = connectClient(near)
    let files = 0
    await measure(client, (name) => backend.tokens.registerSave(path.join(dir, `${++files}.${name}`)))
    client.close()
    await backend.close()
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}
