import { compareLayer } from '#core/plan-diff/compare-layer.ts'
import type { LayerId } from '#core/model/ids.ts'
import { generateCity } from '#core/sample/city.ts'
import { sampleColumns } from '#core/sample/columns.ts'

/**
 * A plan against its revision, and against another plan of the same ground where nearly every outline differs (the worst case).
 * Aim: 100,000 parcels in less than 5 s. `node build/bench/compare.ts [parcels]`.
 */
const parcels = Number(process.argv[2] ?? 100_000)

function landUse(seed: number, revision: number) {
  const city = generateCity({ parcels, seed, revision }, (code) => code)
  const layer = city.layers.find(({ role }) => role === 'landuse_plan')
  if (layer === undefined) throw new Error('the sample city has no planned land use')
  const columns = sampleColumns(layer)
  return { layer: columns, refOf: (feature: number) => ({ layerId: 'l' as LayerId, fid: columns.fid[feature] ?? 0 }) }
}

const first = landUse(1, 0)
for (const [name, second] of [
  ['its revision', landUse(1, 1)],
  ['another city', landUse(2, 0)],
] as const) {
  const started = performance.now()
  const { totals, before, after } = compareLayer(first, second, 1000)
  const seconds = (performance.now() - started) / 1000
  const counts = Object.entries(totals).map(([kind, { count }]) => `${kind} ${count}`)
  console.log(
    `compare with ${name}: ${before.count} and ${after.count} parcels in ${seconds.toFixed(2)} s (${counts.join(', ')})`,
  )
}
