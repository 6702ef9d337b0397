import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import type { ChildProcessHandle } from '#backend/child.ts'
import { answerMain } from '#backend/link-backend.ts'
import { linkBackend } from '#backend/link-main.ts'
import { connectClient } from '#core/contract/client.ts'
import { messagePort } from '#core/contract/message-port.ts'
import { CHANNELS } from '#core/contract/shell-api.ts'
import { contractSuite } from '#core/contract/suite.ts'
import { fakeProcess, portPair, shuffledDelivery } from './fakes.ts'
import { backendWith, started, portOf } from './fake-start.ts'

for (const seed of [1, 20_261_122]) {
  contractSuite(`the shell's ports, deliveries shuffled by seed ${seed}`, {
    async start(suite) {
      const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-link-'))
      const later = shuffledDelivery(seed)
      const process = fakeProcess(later, 1000)
      answerMain(process.parent, backendWith(suite).create, () => process.exit(0))
      const fork = () => fakeProcess(later, 1001).port
      const link = linkBackend({ backend: process.port, fork, kill: () => undefined })
      await link.start(dir, dir)
      let page = 0
      return {
        connect() {
          const { port1, port2 } = portPair(later)
          link.serve((page += 1), port1)
          return Promise.resolve(messagePort(port2))
        },
        async close() {
          await link.stop()
          rmSync(dir, { recursive: true, force: true })
        },
      }
    },
  })
}

describe('pages and their ports', () => {
  it('get a new port on reload; the earlier one closes', async () => {
    const fake = await started()
    const first = connectClient(await portOf(fake))
    const call = first.call('analysis.run', { planId: 'plan-endless' as never }).catch((error: unknown) => error)
    const second = connectClient(await portOf(fake))
    expect(await call).toMatchObject({ code: 'request.disconnected' })
    expect(await second.call('plans.list', {})).toHaveLength(1)
  })
  it('are not answered once they are gone', async () => {
    const fake = await started()
    const page = fake.page({ destroyed: true })
    page.ready()
    expect(page.given).toEqual([])
  })
  it('lose their port when the backend dies, and hear nothing of later choices', async () => {
    const fake = await started()
    const client = connectClient(await portOf(fake))
    expect(await client.call('plans.list', {})).toHaveLength(1)
    const call = client.call('analysis.run', { planId: 'plan-endless' as never }).catch((error: unknown) => error)
    const choice = fake.page().invoke(CHANNELS.pickFiles, 'files')
    fake.processes[0]?.process.exit(9)
    expect(await choice).toBeNull()
    expect(await call).toMatchObject({ code: 'request.disconnected' })
    expect(await fake.page().invoke(CHANNELS.pickFiles, 'files')).toBeNull()
  })
})

describe('children of the backend', () => {
  const launched = async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    const child = seen.options?.launchChild('import-process', { memoryMb: 512 }) as ChildProcessHandle
    await vi.waitFor(() => expect(fake.processes).toHaveLength(2))
    return { fake, child, process: fake.processes[1] as (typeof fake.processes)[number] }
  }

  it('are started by the main process, with their heap limit', async () => {
    const { process } = await launched()
    expect([process.name, process.execArgv]).toEqual(['import-process', ['--max-old-space-size=512', '--max-semi-space-size=16']])
  })
  it('exchange messages with it in order', async () => {
    const { child, process } = await launched()
    const [inside, heard]: [unknown[], unknown[]] = [[], []]
    process.process.parent.on('message', ({ data }) => inside.push(data))
    child.onMessage((message) => heard.push(message))
    for (const xy of [1, 2, 3]) child.post(Float64Array.of(xy))
    for (const row of [1, 2, 3]) process.process.parent.postMessage({ row })
    await vi.waitFor(() => expect([inside.length, heard.length]).toEqual([3, 3]))
    expect(inside).toEqual([1, 2, 3].map((xy) => Float64Array.of(xy)))
    expect(heard).toEqual([{ row: 1 }, { row: 2 }, { row: 3 }])
  })
  it('are killed by signal, even before they have a pid, and report their end once', async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    const child = seen.options?.launchChild('import-process', { memoryMb: 64 }) as ChildProcessHandle
    const exits = vi.fn<(code: number | null, signal: string | null) => void>()
    child.onExit(exits)
    child.kill()
    child.kill()
    await vi.waitFor(() => expect(exits).toHaveBeenCalledWith(137, null))
    child.kill()
    child.post('after the end')
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(exits).toHaveBeenCalledTimes(1)
    expect(fake.did.filter(([what]) => what === 'kill').length).toBeGreaterThan(0)
  })
  it('die with the backend', async () => {
    const { fake, process } = await launched()
    await vi.waitFor(() => expect(process.process.port.pid).toBeDefined())
    fake.processes[0]?.process.exit(9)
    await vi.waitFor(() => expect(fake.did).toContainEqual(['kill', process.process.pid]))
  })
})
