import path from 'node:path'
import type { Backend, BackendOptions } from './backend.ts'
import { createFileTokens } from './file-tokens.ts'
import { runProbes } from './probe.ts'
import { RESULTS_EVENT } from './self-test-report.ts'
import { backendProbes } from './self-test.ts'

/** Stands where the backend stands in its utility process: whoever gets a port is told how the probes ended there. */
export const probingBackend =
  (probes: typeof backendProbes = backendProbes) =>
  ({ catalogueDir, resourcesDir, launchChild }: BackendOptions): Promise<Backend> =>
    Promise.resolve({
      tokens: createFileTokens(path.join(catalogueDir, 'staged')),
      serve(port) {
        void runProbes(probes({ resourcesDir, launchChild })).then((value) =>
          port.post({ t: 'event', name: RESULTS_EVENT, value }),
        )
      },
      close: () => Promise.resolve(),
    })
