import { spawnSync } from 'node:child_process'

/** The whole gate, in the order in which a mistake is cheapest to find. `npm test` runs it; CI runs nothing else. */
const STEPS = [
  ['types', 'npm', 'run', '-s', 'typecheck'],
  ['lint, format and house rules', 'npm', 'run', '-s', 'lint'],
  ['unit, contract and kill tests', 'npm', 'run', '-s', 'unit'],
  ['build', 'npm', 'run', '-s', 'build'],
  ['end to end in Chromium', 'npm', 'run', '-s', 'e2e'],
] as const

const started = performance.now()
for (const [name, command, ...args] of STEPS) {
  const stepStarted = performance.now()
  console.log(`\n── ${name}`)
  const result = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' })
  const seconds = ((performance.now() - stepStarted) / 1000).toFixed(1)
  if (result.status !== 0) {
    console.error(`\n✗ ${name} failed after ${seconds} s`)
    process.exit(1)
  }
  console.log(`✓ ${name} in ${seconds} s`)
}
console.log(`\nAll ${STEPS.length} steps passed in ${((performance.now() - started) / 1000).toFixed(0)} s.`)
