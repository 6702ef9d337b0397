import { withBackend } from './self-test.ts'

/* A process that saves an edit, says so, and then waits to be killed without having closed anything. */

process.on('message', ({ dir, resourcesDir }: { dir: string; resourcesDir: string }) => {
  void withBackend(dir, resourcesDir, async (client) => {
    await client.call('settings.set', { reviewer: 'victim' })
    process.send?.('saved')
    await new Promise(() => setInterval(() => undefined, 60_000))
  })
})
