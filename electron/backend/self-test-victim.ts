import { parentChannel } from './import/parent-channel.ts'
import { withBackend } from './self-test.ts'

/* A process that saves an edit, says so, and then waits to be killed without having closed anything. */

const parent = parentChannel()
parent.onMessage((message) => {
  const { dir, resourcesDir } = message as { dir: string; resourcesDir: string }
  void withBackend(dir, resourcesDir, async (client) => {
    await client.call('settings.set', { reviewer: 'victim' })
    parent.post('saved')
    await new Promise(() => setInterval(() => undefined, 60_000))
  })
})
