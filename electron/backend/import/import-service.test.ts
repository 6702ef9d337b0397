import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { LaunchChild } from '../child.ts'
import { createLog } from '../log.ts'
import { launchFile, launchNode } from '../launch-node.ts'
import { createImportService } from './import-service.ts'
import { box, importBench, manifestOf, quietCall, writeGeoJson } from './fixture-files.ts'

const benches: ReturnType<typeof importBench>[] = []
const newBench = (...options: Parameters<typeof importBench>) => {
  const bench = importBench(...options)
  benches.push(bench)
  return bench
}
afterEach(() => {
  for (const bench of benches.splice(0)) bench.remove()
})

const manifest = manifestOf([{ role: 'green', path: 'parks.geojson' }], { crs: 'LOCAL:metre' })

function writeParks(file: string, count: number): void {
  const parks = Array.from({ length: count }, (_, i) => ({
    polygon: [box(1000 + i * 20, 0, 10)],
    properties: { name: `park ${i}` },
  }))
  writeGeoJson(file, parks)
}

/** A child that runs any script instead of ours: what a reader may do when a file defeats it. */
const launchScript =
  (dir: string, script: string): LaunchChild =>
  (_, options) => {
    const file = path.join(dir, 'child.mjs')
    fs.writeFileSync(file, script)
    return launchFile(file, options)
  }

describe('the import service', () => {
  it('names the file after its bytes, and the same input gives the same file', async () => {
    const bench = newBench()
    writeParks(bench.source('parks.geojson'), 50)
    const first = await bench.run(manifest)
    const again = await bench.run(manifest)
    const file = `${first.plan.gpkgSha256}.gpkg`
    expect(bench.left()).toEqual([file])
    expect(
      createHash('sha256')
        .update(fs.readFileSync(path.join(bench.plansDir, file)))
        .digest('hex'),
    ).toBe(first.plan.gpkgSha256)
    expect(again.plan.gpkgSha256).toBe(first.plan.gpkgSha256)
    expect(again.layers[0]?.sha256).toBe(first.layers[0]?.sha256)
    expect(again.plan.id).not.toBe(first.plan.id)
    expect(first.layers[0]?.sourceSha256).toBe(
      createHash('sha256')
        .update(fs.readFileSync(bench.source('parks.geojson')))
        .digest('hex'),
    )
  })

  it('replaces a stored file that was damaged', async () => {
    const bench = newBench()
    writeParks(bench.source('parks.geojson'), 5)
    const { plan } = await bench.run(manifest)
    const file = path.join(bench.plansDir, `${plan.gpkgSha256}.gpkg`)
    const sound = fs.readFileSync(file)
    fs.writeFileSync(file, Buffer.alloc(sound.length))
    await bench.run(manifest)
    expect(fs.readFileSync(file).equals(sound)).toBe(true)
  })

  it('tells its progress', async () => {
    const bench = newBench()
    writeParks(bench.source('parks.geojson'), 20_000)
    const labels = new Set<string>()
    await bench.run(
      manifest,
      quietCall(({ label, done }) => done >= 0 && labels.add(label.en)),
    )
    expect([...labels].join()).toContain('Importing “parks” (1 of 1)')
  })

  it('inspects without storing anything', async () => {
    const bench = newBench()
    writeParks(bench.source('parks.geojson'), 3)
    const { files } = await bench.service.inspect([bench.source('parks.geojson')], bench.root, quietCall())
    expect(files).toMatchObject([
      { path: 'parks.geojson', layers: [{ features: 3, kind: 'polygon', crs: { value: null } }], error: null },
    ])
    expect(bench.left()).toEqual([])
  })

  it('is cancelled at once, not when its reader is through, and leaves nothing', async () => {
    const ended: unknown[] = []
    const bench = newBench({
      launchChild: (entry, options) => {
        const child = launchNode(entry, options)
        child.onExit((_, signal) => ended.push(signal))
        return child
      },
    })
    writeParks(bench.source('parks.geojson'), 60_000)
    const abort = new AbortController()
    let isCancelled = false
    const running = bench.run(
      manifest,
      quietCall(({ label }) => {
        if (isCancelled || !label.en.startsWith('Importing')) return
        expect(bench.left().some((name) => name.endsWith('.gpkg.part'))).toBe(true)
        isCancelled = true
        abort.abort()
      }, abort.signal),
    )
    await expect(running).rejects.toMatchObject({ code: 'request.cancelled', params: { procedure: 'import.run' } })
    expect(isCancelled).toBe(true)
    expect(ended).toEqual(['SIGKILL'])
    expect(bench.left()).toEqual([])
  })

  it('keeps compiled code where it is told, for its owner only, and does without what is damaged there', async () => {
    const place = fs.mkdtempSync(path.join(os.tmpdir(), 'greenprint-code-'))
    const codeCacheDir = path.join(place, 'code')
    // where Node is told to keep it for all processes, no other place is asked for
    vi.stubEnv('NODE_COMPILE_CACHE', undefined)
    const bench = newBench({ codeCacheDir })
    writeParks(bench.source('parks.geojson'), 10)
    const first = await bench.run(manifest)
    const files = fs
      .readdirSync(codeCacheDir, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => path.join(parentPath, name))
    expect(files.length).toBeGreaterThan(10)
    expect(process.platform === 'win32' ? 0o700 : fs.statSync(codeCacheDir).mode & 0o777).toBe(0o700)
    for (const file of files) fs.writeFileSync(file, fs.readFileSync(file).fill(0x55, 8))
    expect((await bench.run(manifest)).plan.gpkgSha256).toBe(first.plan.gpkgSha256)
    vi.unstubAllEnvs()
    fs.rmSync(place, { recursive: true })
  })

  it('does not start what was cancelled before', async () => {
    const bench = newBench({ launchChild: () => expect.unreachable('no child is needed') })
    await expect(bench.run(manifest, quietCall(undefined, AbortSignal.abort()))).rejects.toMatchObject({
      code: 'request.cancelled',
    })
  })
})

describe('a reader that fails', () => {
  it('was killed from outside: the file is named, nothing is left', async () => {
    const bench = newBench({
      launchChild: (entry, options) => {
        const child = launchNode(entry, options)
        child.onMessage(() => child.kill())
        return child
      },
    })
    writeParks(bench.source('parks.geojson'), 60_000)
    await expect(bench.run(manifest)).rejects.toMatchObject({ code: 'import.reader-crashed', params: { file: 'parks.geojson' } })
    expect(bench.left()).toEqual([])
  })

  it('never answers: it is ended after its silence', async () => {
    const bench = newBench({ budgets: { silentMs: 700 } })
    const stuck = newBench({
      budgets: { silentMs: 700 },
      launchChild: launchScript(bench.dir, 'process.on("message", () => { for (;;); })'),
    })
    await expect(stuck.run(manifest)).rejects.toMatchObject({ code: 'import.too-slow', params: { seconds: 1 } })
    expect(stuck.left()).toEqual([])
  })

  it('fills its heap', async () => {
    const elsewhere = newBench()
    const script = 'process.on("message", () => { const all = []; for (;;) all.push(new Array(10000).fill({})) })'
    const bench = newBench({ budgets: { memoryMb: 64 }, launchChild: launchScript(elsewhere.dir, script) })
    await expect(bench.run(manifest)).rejects.toMatchObject({ code: 'import.too-large', params: { limitMb: 64 } })
  })

  it('outgrows its memory while it reads', async () => {
    const bench = newBench({ budgets: { memoryMb: 90 } })
    writeParks(bench.source('parks.geojson'), 60_000)
    await expect(bench.run(manifest)).rejects.toMatchObject({ code: 'import.too-large', params: { limitMb: 90 } })
    expect(bench.left()).toEqual([])
  })

  it('does not even start', async () => {
    const bench = newBench({ launchChild: (_, options) => launchFile('/does/not/exist.js', options) })
    await expect(bench.run(manifest)).rejects.toMatchObject({ code: 'import.reader-crashed', params: { file: null } })
  })
})

describe('after a crash of the backend', () => {
  it('a half-written plan has a name that the catalogue knows as its own leftover', async () => {
    const bench = newBench({
      launchChild: (entry, options) => {
        const child = launchNode(entry, options)
        return { ...child, post: (message) => child.post(kept(message)) }
      },
    })
    const names: string[] = []
    const kept = (message: unknown) => {
      names.push(path.basename((message as { input: { gpkg: string } }).input.gpkg))
      return message
    }
    writeParks(bench.source('parks.geojson'), 3)
    await bench.run(manifest)
    expect(names).toEqual([expect.stringMatching(/\.gpkg\.part$/)])
  })

  it('staging folders are cleared before the first run; nothing else is touched', () => {
    const { tempDir, plansDir, root } = newBench()
    fs.mkdirSync(path.join(tempDir, 'import-1', 'deep'), { recursive: true })
    fs.writeFileSync(path.join(tempDir, 'upload'), '')
    createImportService({ launchChild: launchNode, plansDir, tempDir, log: createLog(path.join(root, 'logs')) })
    expect(fs.readdirSync(tempDir)).toEqual(['upload'])
  })
})
