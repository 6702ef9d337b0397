import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { FLAKY_JOURNEYS } from '../e2e/flaky-report.ts'
import { DIED_FORKS } from './died-forks.ts'

/**
 * The whole gate, in the order in which a mistake is cheapest to find. `npm test` runs it; CI runs nothing else. Scripts of a step that has
 * several run beside each other: types are read by all cores in turns, format by one.
 */
const STEPS: readonly (readonly [name: string, ...scripts: string[][]])[] = [
  ['house rules', ['rules']],
  ['build', ['build', '--', '--logLevel', 'warn']],
  ['types and format', ['typecheck'], ['format:check']],
  ['lint', ['oxlint']],
  ['unit, contract and kill tests', ['unit']],
  ['end to end in Chromium', ['e2e']],
]

/** What passed only at the second time. It is said again at the very end, so that nobody takes such a run for a clean one. */
const second: string[] = []

const isWindows = process.platform === 'win32'
const argumentsOf = (script: readonly string[]) => ['run', '-s', ...script]
const run = (script: readonly string[]) => spawnSync('npm', argumentsOf(script), { stdio: 'inherit', shell: isWindows })

/** Scripts beside each other, each told when it is over; whether all of them passed. */
async function runTogether(scripts: readonly string[][]): Promise<boolean> {
  const ended = scripts.map(async (script) => {
    const child = spawn('npm', argumentsOf(script), { stdio: ['ignore', 'pipe', 'pipe'], shell: isWindows })
    const said: Buffer[] = []
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => said.push(part))
    const [status] = (await once(child, 'close')) as [number | null]
    process.stdout.write(Buffer.concat(said))
    return status === 0
  })
  return (await Promise.all(ended)).every(Boolean)
}

const loud = (text: string) => console.error(`\n${'!'.repeat(100)}\n${text}\n${'!'.repeat(100)}\n`)

/** A test process that died of a signal, while no test failed, is started once more with the files it was at. */
function diedButPassesAgain(): boolean {
  if (!existsSync(DIED_FORKS)) return false
  const { signals, files } = JSON.parse(readFileSync(DIED_FORKS, 'utf8')) as { signals: string[]; files: string[] }
  const told = `A test process died of ${signals.join(', ')} in ${files.join(', ')}`
  loud(`${told}: its files run once more. What it wrote last stands above.`)
  second.push(told)
  return run(['unit', '--', ...files]).status === 0
}

function flakyJourneys(): string[] {
  if (!existsSync(FLAKY_JOURNEYS)) return []
  const told = JSON.parse(readFileSync(FLAKY_JOURNEYS, 'utf8')) as { journey: string; why: string[] }[]
  return told.map(({ journey, why }) => `${journey}\n${why.join('\n')}`)
}

for (const file of [DIED_FORKS, FLAKY_JOURNEYS]) rmSync(file, { force: true })
const started = performance.now()
const secondsSince = (start: number) => ((performance.now() - start) / 1000).toFixed(1)
const times: string[] = []
for (const [name, ...scripts] of STEPS) {
  const stepStarted = performance.now()
  console.log(`\n── ${name}`)
  const [first, ...others] = scripts
  const ran = first !== undefined && others.length === 0 ? run(first).status === 0 : await runTogether(scripts)
  const passed = ran || (name.startsWith('unit') && diedButPassesAgain())
  if (!passed) {
    console.error(`\n✗ ${name} failed after ${secondsSince(stepStarted)} s`)
    process.exit(1)
  }
  times.push(`${name} ${secondsSince(stepStarted)} s`)
  console.log(`✓ ${times.at(-1)}`)
}
second.push(...flakyJourneys())
if (second.length > 0) loud(`Passed only at the second time, to be looked into:\n${second.map((one) => `• ${one}`).join('\n')}`)
console.log(`\nAll ${STEPS.length} steps passed in ${secondsSince(started)} s: ${times.join(', ')}.`)
