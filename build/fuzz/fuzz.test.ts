import { existsSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { runCampaign } from './campaign.ts'
import { MISDEEDS } from './crashing-format.ts'
import { LANES, laneSeeds } from './lanes.ts'
import { mutantOf, MUTATORS, type Mutant } from './mutant.ts'
import { isPaperLane } from './paper-judge.ts'
import { isPictureLane } from './picture-judge.ts'
import { random } from './random.ts'
import { readRecord } from './record.ts'
import { tortureFolder, type Seed } from './seeds.ts'

const seeds = await laneSeeds()
const fuzzed = LANES.filter((id) => (seeds.get(id) ?? []).length > 0)
const PER_FORMAT = 100
const hasTorture = existsSync(tortureFolder)
/** The gate must not take longer on a slow machine: then fewer mutants are tried, the same ones first. */
const DEADLINE_MS = 20_000

const whole = ({ name, files, open }: Seed): Mutant => ({ name, files, open })

/** Formats that only other programs can write small files of: fuzzed where the public test suites are at hand. */
const FOREIGN = ['filegdb', 'flatgeobuf', 'geoparquet']

it('has seeds for every reader', () => {
  const without = LANES.filter((id) => (seeds.get(id) ?? []).length === 0)
  expect(
    without.filter((id) => hasTorture || !FOREIGN.includes(id)),
    'give them one in build/fuzz/seeds.ts',
  ).toEqual([])
})

describe('mutants', () => {
  it('are the same for the same number, and differ from their seed', () => {
    const mine = seeds.get('shapefile') ?? []
    const text = ({ name, files }: Mutant) => name + [...files].map(([file, bytes]) => file + bytes.toString('hex')).join()
    expect(text(mutantOf('a', mine, 5))).toBe(text(mutantOf('a', mine, 5)))
    expect(text(mutantOf('a', mine, 5))).not.toBe(text(mutantOf('a', mine, 6)))
  })

  it('come from every mutator, each of which does something to the files that it applies to', () => {
    const files = [...seeds.values()].flat().flatMap((seed) => [...seed.files.values()])
    for (const mutator of MUTATORS) {
      const fitting = files.filter((bytes) => mutator.applies(bytes)).slice(0, 20)
      const changed = fitting.filter((bytes, index) =>
        [1, 2, 3, 4, 5].some((seed) => !mutator.mutate(bytes, random(seed * 97 + index), files[0] ?? bytes).equals(bytes)),
      )
      expect([mutator.name, changed.length > 0]).toEqual([mutator.name, true])
    }
  })
})

describe('the fuzzer', () => {
  it('catches a driver that crashes, hangs, throws, eats memory, writes, talks too much or gives nonsense', async () => {
    const control = (misdeed: string): Mutant => ({
      name: misdeed,
      files: new Map([['x.control', Buffer.from(misdeed)]]),
      open: 'x.control',
    })
    const caught = new Map<string, string>()
    // The second in its process is the hang: the first may take as long as the start of an engine.
    const order = ['fine', 'hang', ...MISDEEDS.filter((misdeed) => misdeed !== 'hang')]
    await runCampaign(
      order.map((misdeed) => ({ format: 'control', mutant: control(misdeed) })),
      {
        workers: 1,
        control: true,
        budgets: { watchdogMs: 1500, rssMb: 700 },
        onJudged: (_, { name }, verdict) => caught.set(name, verdict.kind === 'wrong' ? verdict.problem : verdict.kind),
      },
    )
    expect(Object.fromEntries(caught)).toEqual({
      fine: 'read',
      crash: 'ended by SIGSEGV',
      hang: 'no answer within 1.5 s',
      throw: expect.stringContaining('untyped failure: TypeError'),
      memory: expect.stringContaining('MB'),
      write: expect.stringMatching(/ERR_ACCESS_DENIED|Access to this API has been restricted|wrote outside/),
      chatter: expect.stringContaining('more than 2 kB'),
      infinite: expect.stringContaining('no finite place'),
    })
  }, 60_000)

  it('reads the seeds of our own as they are', async () => {
    const own = fuzzed.flatMap((id) =>
      (seeds.get(id) ?? []).filter(({ name }) => name === 'own').map((seed) => ({ format: id, mutant: whole(seed) })),
    )
    const tallies = await runCampaign(own, { workers: 1 })
    expect(own.length).toBeGreaterThan(3)
    // One is recognised to be refused in words.
    const refusedByDesign = ['dwg']
    for (const [format, tally] of tallies)
      expect({ format, ...tally }).toMatchObject(
        refusedByDesign.includes(format) ? { read: 0, findings: [] } : { refused: 0, findings: [] },
      )
  }, 60_000)
})

it.each([
  ['reader of plans', fuzzed.filter((id) => !isPictureLane(id) && !isPaperLane(id))],
  ['reader of sheets and basemaps', fuzzed.filter(isPictureLane)],
  ['reader of signatures, memos, packages and answers', fuzzed.filter(isPaperLane)],
])('every %s ends each damaged file in data or a typed refusal', { timeout: 120_000 }, async (_, lanes) => {
  const tallies = await runCampaign(
    (function* () {
      for (let number = 1; number <= PER_FORMAT; number++)
        for (const id of lanes) yield { format: id, mutant: mutantOf(id, seeds.get(id) ?? [], number) }
    })(),
    { workers: 2, deadlineMs: DEADLINE_MS },
  )
  const findings = [...tallies].flatMap(([format, tally]) => tally.findings.map((finding) => ({ format, ...finding })))
  expect(findings).toEqual([])
  expect([...tallies.keys()].toSorted()).toEqual(lanes.toSorted())
})

it('the record of long campaigns holds known lanes, and nothing that must not happen', () => {
  const record = readRecord()
  expect(Object.keys(record).filter((lane) => !LANES.includes(lane))).toEqual([])
  for (const [lane, { mutants, read, refused, faults }] of Object.entries(record)) {
    expect([lane, mutants]).toEqual([lane, 2000])
    expect([lane, read + refused, ...Object.values(faults)]).toEqual([lane, mutants, 0, 0, 0, 0, 0, 0])
  }
})
