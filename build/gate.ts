import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { FLAKY_JOURNEYS } from '../e2e/flaky-report.ts'
import { DIED_FORKS } from './died-forks.ts'

/** The whole gate, in the order in which a mistake is cheapest to find. `npm test` runs it; CI runs nothing else. */
const STEPS = [
  ['types', 'npm', 'run', '-s', 'typecheck'],
  ['lint, format and house rules', 'npm', 'run', '-s', 'lint'],
  ['unit, contract and kill tests', 'npm', 'run', '-s', 'unit'],
  ['build', 'npm', 'run', '-s', 'build'],
  ['end to end in Chromium', 'npm', 'run', '-s', 'e2e'],
] as const

/** What passed only at the second time. It is said again at the very end, so that nobody takes such a run for a clean one. */
const second: string[] = []

const run = (command: string, args: readonly string[]) =>
  spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })

const loud = (text: string) => console.error(`\n${'!'.repeat(100)}\n${text}\n${'!'.repeat(100)}\n`)

/** A test process that died of a signal, while no test failed, is started once more with the files it was at. */
function diedButPassesAgain(): boolean {
  if (!existsSync(DIED_FORKS)) return false
  const { signals, files } = JSON.parse(readFileSync(DIED_FORKS, 'utf8')) as { signals: string[]; files: string[] }
  const told = `A test process died of ${signals.join(', ')} in ${files.join(', ')}`
  loud(`${told}: its files run once more. What it wrote last stands above.`)
  second.push(told)
  return run('npm', ['run', '-s', 'unit', '--', ...files]).status === 0
}

function flakyJourneys(): string[] {
  if (!existsSync(FLAKY_JOURNEYS)) return []
  const told = JSON.parse(readFileSync(FLAKY_JOURNEYS, 'utf8')) as { journey: string; why: string[] }[]
  return told.map(({ journey, why }) => `${journey}\n${why.join('\n')}`)
}

for (const file of [DIED_FORKS, FLAKY_JOURNEYS]) rmSync(file, { force: true })
const started = performance.now()
for (const [name, command, ...args] of STEPS) {
  const stepStarted = performance.now()
  console.log(`\n── ${name}`)
  const result = run(command, args)
  const passed = result.status === 0 || (name.startsWith('unit') && diedButPassesAgain())
  const seconds = ((performance.now() - stepStarted) / 1000).toFixed(1)
  if (!passed) {
    console.error(`\n✗ ${name} failed after ${seconds} s${result.signal === null ? '' : ` (${result.signal})`}`)
    process.exit(1)
  }
  console.log(`✓ ${name} in ${seconds} s`)
}
second.push(...flakyJourneys())
if (second.length > 0) loud(`Passed only at the second time, to be looked into:\n${second.map((one) => `• ${one}`).join('\n')}`)
console.log(`\nAll ${STEPS.length} steps passed in ${((performance.now() - started) / 1000).toFixed(0)} s.`)
