import type { Measurement } from '../model/measurement.ts'
import type { analysisProcedures } from './analysis-procedures.ts'
import type { Handlers } from './procedures.ts'

/** Answers about estimates and sessions, for hosts and screens that need a backend but no catalogue. */
export const sampleAnalysis = (measurements: readonly Measurement[]): Pick<Handlers, keyof typeof analysisProcedures> => ({
  'analysis.estimate': () => ({
    seconds: 2.5,
    memoryMb: 400,
    machineMemoryMb: 16_000,
    freeMemoryMb: 9000,
    fits: 'yes',
    features: 412,
    vertices: 9000,
    cached: false,
    learnedFrom: 0,
  }),
  'analysis.sessionOpen': () => ({ sessionId: 'session-1', measurements: [...measurements] }),
  'analysis.sessionEdit': () => ({ changed: measurements.slice(0, 1), ms: 12, undoable: 1, waiting: [] }),
  'analysis.sessionSettle': () => ({ changed: [], ms: 1, undoable: 1, waiting: [] }),
  'analysis.sessionUndo': () => ({ changed: measurements.slice(0, 1), ms: 3, undoable: 0, waiting: [] }),
  'analysis.sessionClose': () => undefined,
})
