import { afterEach, describe, expect, it } from 'vitest'
import type { ChildProcessHandle, LaunchChild } from '../child.ts'
import { launchNode } from '../launch-node.ts'
import { box, importBench, manifestOf, quietCall, writeGeoJson } from './fixture-files.ts'
import { ownLine, threadLine } from './geometry-line.ts'
import { readyChild } from './ready-child.ts'
import { rehearse } from './rehearsal.ts'

const manifest = manifestOf([{ role: 'green', path: 'parks.geojson' }], { crs: 'LOCAL:metre' })

/** Starts real children and remembers them, with what they were told and whether they are gone. */
function watchedLaunch() {
  const children: { handle: ChildProcessHandle; told: string[]; gone: Promise<void>; isGone: boolean }[] = []
  const launch: LaunchChild = (entry, options) => {
    const handle = launchNode(entry, options)
    const gone = Promise.withResolvers<void>()
    const told: string[] = []
    const seen = { handle, told, gone: gone.promise, isGone: false }
    handle.onExit(() => {
      seen.isGone = true
      gone.resolve()
    })
    children.push(seen)
    const post = (message: unknown) => {
      told.push((message as { command: string }).command)
      handle.post(message)
    }
    return { ...handle, post }
  }
  return { launch, children }
}

const benches: ReturnType<typeof importBench>[] = []
function preparedBench() {
  const { launch, children } = watchedLaunch()
  const bench = importBench({ launchChild: launch })
  benches.push(bench)
  writeGeoJson(
    bench.source('parks.geojson'),
    Array.from({ length: 300 }, (_, i) => ({ polygon: [box(i * 20, 0, 10)], properties: { name: `park ${i}` } })),
  )
  return { bench, children }
}
afterEach(() => {
  for (const bench of benches.splice(0)) {
    bench.service.close()
    bench.remove()
  }
})

// Three real processes in a row: on a machine that does other things that is more than the usual time.
describe('a process that waits for its command', { timeout: 120_000 }, () => {
  it('gives the same plan as one that was started for it, does one command and is gone', async () => {
    const { bench, children } = preparedBench()
    const cold = await bench.run(manifest)
    bench.service.prepare()
    bench.service.prepare()
    expect(children.map(({ told }) => told)).toEqual([['import'], ['prepare']])
    const warm = await bench.run(manifest)
    expect(warm.plan.gpkgSha256).toBe(cold.plan.gpkgSha256)
    expect(warm.layers.map(({ id: _, planId: __, ...layer }) => layer)).toEqual(
      cold.layers.map(({ id: _, planId: __, ...layer }) => layer),
    )
    await bench.run(manifest)
    expect(children.map(({ told, isGone }) => [...told, isGone])).toEqual([
      ['import', true],
      ['prepare', 'import', true],
      ['import', true],
    ])
  })

  it('takes an inspection too', async () => {
    const { bench, children } = preparedBench()
    bench.service.prepare()
    const { files } = await bench.service.inspect([bench.source('parks.geojson')], bench.root, quietCall())
    expect(files).toMatchObject([{ layers: [{ features: 300 }], error: null }])
    expect(children.map(({ told }) => told)).toEqual([['prepare', 'inspect']])
  })

  it('is cancelled like any other', async () => {
    const { bench, children } = preparedBench()
    bench.service.prepare()
    const abort = new AbortController()
    const running = bench.run(manifest, quietCall(undefined, abort.signal))
    abort.abort()
    await expect(running).rejects.toMatchObject({ code: 'request.cancelled' })
    expect(children.map(({ isGone }) => isGone)).toEqual([true])
    expect(bench.left()).toEqual([])
  })

  it('that was killed while it waited is replaced', async () => {
    const { bench, children } = preparedBench()
    bench.service.prepare()
    children[0]?.handle.kill()
    await children[0]?.gone
    await bench.run(manifest)
    expect(children.map(({ told }) => told)).toEqual([['prepare'], ['import']])
  })

  it('ends with the service, and when nobody came', async () => {
    const { bench, children } = preparedBench()
    bench.service.prepare()
    bench.service.close()
    await children[0]?.gone
    const { launch, children: impatient } = watchedLaunch()
    readyChild({ launchChild: launch, memoryMb: 256, codeCacheDir: null, waitMs: 50 }).prepare()
    await impatient[0]?.gone
    expect(impatient).toHaveLength(1)
  })
})

describe('a rehearsal', () => {
  it.each([
    ['the reading thread', ownLine],
    ['the geometry thread', threadLine],
  ])('leaves %s as it found it, and may be stopped at once', async (_, lineOf) => {
    const line = lineOf()
    try {
      await rehearse(line).stop()
      await rehearse(line).stop()
      await expect(line.hash(import.meta.filename)).resolves.toMatch(/^[0-9a-f]{64}$/)
    } finally {
      await line.close()
    }
  })
})
