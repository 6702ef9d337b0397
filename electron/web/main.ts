import path from 'node:path'
import { createBackend } from '#backend/backend.ts'
import { launchNode } from '#backend/launch-node.ts'
import { createLog } from '#backend/log.ts'
import { serveWeb, type WebHost } from './server.ts'

export interface WebHostPlace {
  /** Folder of the catalogue; created when missing. */
  catalogueDir: string
  /** 0 chooses a free one. */
  port: number
  /** Folder of the built screen (`out/renderer`). */
  rendererDir: string
  /** Folder of `resources/`. */
  resourcesDir?: string
}

const checkout = path.resolve(import.meta.dirname, '../..')

/** The loopback host on a catalogue: the same backend and the same screen as in Electron, in the reviewer's own browser. */
export async function startWebHost({
  catalogueDir,
  port,
  rendererDir,
  resourcesDir,
}: WebHostPlace): Promise<Omit<WebHost, 'invite'>> {
  const backend = await createBackend({
    catalogueDir,
    host: 'loopback',
    launchChild: launchNode,
    resourcesDir: resourcesDir ?? path.join(checkout, 'resources'),
  })
  const log = createLog(path.join(catalogueDir, 'logs'))
  const web = await serveWeb({ backend, rendererDir, port, bug: (error, where) => void log.bug(error, where) }).catch(
    async (error: unknown) => {
      await backend.close()
      throw error
    },
  )
  return {
    url: web.url,
    port: web.port,
    async close() {
      await web.close()
      await backend.close()
    },
  }
}
