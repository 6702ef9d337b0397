import { connectClient, type Client } from '#core/contract/client.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import { serve } from '#core/contract/serve.ts'
import { fakeHandlers } from './fake-handlers.ts'

/**
 * A screen without a backend: the same contract over a port in memory, with the city of `fake-data`. For `?fake` in
 * development and for panel tests; a production build does not contain it.
 */
export function fakeClient(): Client {
  const [screen, backend] = memoryPortPair()
  const server = serve(
    backend,
    fakeHandlers((change) => server.emit('catalogue.changed', change)),
    {
      bug(error) {
        console.error(error)
        return 'FAKE'
      },
    },
  )
  return connectClient(screen)
}
