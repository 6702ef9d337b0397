import path from 'node:path'
import { parseArgs } from 'node:util'
import { runCampaign, type Tally } from './campaign.ts'
import { FAULTS } from './faults.ts'
import { LANES, laneSeeds } from './lanes.ts'
import { mutantOf } from './mutant.ts'
import { enterRecord, faultsOf } from './record.ts'

/*
 * npm run fuzz [-- --count N] [--from N] [--format ID,ID] [--workers N] [--record]
 * The nightly run: damaged copies of small good files against every reader of plans, sheets, basemaps and what offices send. Prints a line per format; exit 1
 * when anything was found, with the number that makes the mutant again (`--format ID --from NUMBER --count 1`) and a copy of it under
 * out/fuzz. With `--record` the result is entered in build/fuzz/record.json, from which `npm run docs` writes the table of docs/formats.md.
 */
const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    from: { type: 'string', default: '1' },
    format: { type: 'string' },
    workers: { type: 'string', default: '2' },
    record: { type: 'boolean', default: false },
  },
})
const [count, from, workers] = [Number(values.count), Number(values.from), Number(values.workers)]
const asked = values.format?.split(',')
const unknown = asked?.filter((id) => !LANES.includes(id)) ?? []
if (unknown.length > 0 || ![count, from, workers].every((number) => Number.isInteger(number) && number > 0)) {
  console.error(`usage: npm run fuzz -- [--count N] [--from N] [--workers N] [--record] [--format ${LANES.join('|')}]`)
  process.exit(2)
}

const seeds = await laneSeeds()
const keepIn = path.resolve(import.meta.dirname, '../../out/fuzz')
let found = 0
for (const id of LANES.filter((lane) => asked?.includes(lane) ?? true)) {
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
  const tally: Tally = tallies.get(id) ?? { read: 0, refused: 0, findings: [] }
  const { read, refused, findings } = tally
  const faults = faultsOf(tally)
  found += findings.length
  const seconds = ((performance.now() - started) / 1000).toFixed(0)
  const wrong = FAULTS.map((fault) => `${faults[fault]} ${fault}`).join(', ')
  console.log(`${id}: ${read} read, ${refused} refused, ${wrong}, from ${mine.length} seeds in ${seconds} s`)
  for (const { mutant, problem, kept } of findings) console.log(`  ✗ ${mutant}\n    ${problem}\n    ${kept}`)
  if (values.record)
    enterRecord(id, {
      date: new Date().toISOString().slice(0, 10),
      from,
      mutants: count,
      seeds: mine.length,
      read,
      refused,
      faults,
    })
}
process.exit(found > 0 ? 1 : 0)
