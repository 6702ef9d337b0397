import path from 'node:path'
import { connectClient, type Client } from '#core/contract/client.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import { createBackend, type Backend } from './backend.ts'
import { launchNode } from './launch-node.ts'

/** An office of a test: a whole backend on a catalogue of its own, with one caller. */
export interface House {
  backend: Backend
  client: Client
  close: () => Promise<void>
}

export async function openHouse(catalogueDir: string): Promise<House> {
  const resourcesDir = path.resolve(import.meta.dirname, '../../resources')
  const backend = await createBackend({ catalogueDir, host: 'test', launchChild: launchNode, resourcesDir, temporary: true })
  const [near, far] = memoryPortPair()
  backend.serve(far)
  const client = connectClient(near)
  return {
    backend,
    client,
    async close() {
      client.close()
      await backend.close()
    },
  }
}
