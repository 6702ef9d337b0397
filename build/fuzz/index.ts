import path from 'node:path'
import { parseArgs } from 'node:util'
import { formats } from '#backend/formats/index.ts'
import { rasterFormats } from '#backend/formats/raster/raster-formats.ts'
import { runCampaign } from './campaign.ts'
import { mutantOf } from './mutant.ts'
import { seedsOf } from './seeds.ts'

/*
 * npm run fuzz [-- --count N] [--from N] [--format ID] [--workers N]
 * Damaged copies of small good files against every reader. Prints a line per format; exit 1 when anything was found, with the
 * number that makes the mutant again (`--format ID --from NUMBER --count 1`) and a copy of it under out/fuzz.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    format: { type: 'string' },
    workers: { type: 'string', default: '2' },
  },
})
const [count, from, workers] = [Number(values.count), Number(values.from), Number(values.workers)]
const readers = [...rasterFormats, ...formats]
const chosen = readers.filter(({ id }) => values.format === undefined || values.format === id)
if (chosen.length === 0 || ![count, from, workers].every((number) => Number.isInteger(number) && number > 0)) {
  console.error(`usage: npm run fuzz -- [--count N] [--from N] [--workers N] [--format ${readers.map(({ id }) => id).join('|')}]`)
  process.exit(2)
}

const seeds = seedsOf(readers)
const keepIn = path.resolve(import.meta.dirname, '../../out/fuzz')
let found = 0
for (const { id } of chosen) {
  const mine = seeds.get(id) ?? []
  if (mine.length === 0) {
    console.log(`${id}: no seeds (give it one in build/fuzz/seeds.ts)`)
    continue
  }
  const started = performance.now()
  const mutants = Array.from({ length: count }, (_, index) => from + index)
  const tallies = await runCampaign(
    (function* () {
      for (const number of mutants) yield { format: id, mutant: mutantOf(id, mine, number) }
    })(),
    { workers, keepIn },
  )
  const { read = 0, refused = 0, findings = [] } = tallies.get(id) ?? {}
  found += findings.length
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  console.log(`${id}: ${read} read, ${refused} refused, ${findings.length} found, from ${mine.length} seeds in ${seconds} s`)
  for (const { mutant, problem, kept } of findings) console.log(`  ✗ ${mutant}\n    ${problem}\n    ${kept}`)
}
process.exit(found > 0 ? 1 : 0)
