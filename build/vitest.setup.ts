import fc from 'fast-check'
import { afterAll, vi } from 'vitest'

// Files that hold nothing share a process (see vitest.config.ts): what one put in another's place is put back at its end.
afterAll(() => {
  vi.unstubAllGlobals()
  vi.unstubAllEnvs()
  vi.useRealTimers()
})

/**
 * Property tests draw the same cases in every run of the gate, so that a change is never blamed for another day's luck.
 * `GREENPRINT_PROPERTY_SEED=random npm run unit` explores; a failing case prints the seed to repeat it with.
 * `GREENPRINT_PROPERTY_RUNS=100000` asks for more cases, of tests that do not say how many they need.
 */
const wanted = process.env['GREENPRINT_PROPERTY_SEED']
const seed = wanted === undefined || wanted === '' ? 20_261_122 : wanted === 'random' ? undefined : Number(wanted)
const runs = Number(process.env['GREENPRINT_PROPERTY_RUNS'] ?? NaN)
fc.configureGlobal({ ...(seed === undefined ? {} : { seed }), ...(Number.isInteger(runs) ? { numRuns: runs } : {}) })
