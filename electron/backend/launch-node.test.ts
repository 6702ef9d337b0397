import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest'
import { heapFlags, type ChildProcessHandle } from './child.ts'
import { childEntryPath, launchFile } from './launch-node.ts'

let dir: string
let script: string
beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'greenprint-child-'))
  script = path.join(dir, 'child.mjs')
  writeFileSync(
    script,
    `console.log('must not reach the parent’s stdout')
     process.on('message', (message) => {
       if (message === 'spin') for (;;);
       if (message === 'fill') { const held = []; for (;;) held.push(new Array(1e6).fill({})) }
       if (message === 'end') process.exit(3)
       process.send({ back: message, options: process.execArgv })
     })`,
  )
})
afterAll(() => rmSync(dir, { recursive: true, force: true }))

const ended = (child: ChildProcessHandle) =>
  new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.onExit((code, signal) => resolve({ code, signal })),
  )
const answered = (child: ChildProcessHandle) => new Promise((resolve) => child.onMessage(resolve))

it('exchanges structured clones, with the heap limit set', async () => {
  const child = launchFile(script, { memoryMb: 64 })
  const answer = answered(child)
  child.post({ xy: Float64Array.of(1, 2), when: new Date(0) })
  expect(await answer).toEqual({ back: { xy: Float64Array.of(1, 2), when: new Date(0) }, options: heapFlags(64) })
  child.kill()
  expect(await ended(child)).toEqual({ code: null, signal: 'SIGKILL' })
})

it('kills a child that is busy, and tells late listeners too', async () => {
  const child = launchFile(script, { memoryMb: 64 })
  const ready = answered(child)
  child.post('hello')
  await ready
  child.post('spin')
  child.kill()
  child.kill()
  expect(await ended(child)).toEqual({ code: null, signal: 'SIGKILL' })
  expect(await ended(child)).toEqual({ code: null, signal: 'SIGKILL' })
  child.post('after the end')
})

it('reports the code of a child that ends by itself', async () => {
  const child = launchFile(script, { memoryMb: 64 })
  child.post('end')
  expect(await ended(child)).toEqual({ code: 3, signal: null })
})

it('ends a child that fills its heap, and only that one', async () => {
  const child = launchFile(script, { memoryMb: 32 })
  child.post('fill')
  const { code, signal } = await ended(child)
  expect(code === 134 || signal === 'SIGABRT' || signal === 'SIGTRAP' || (code ?? 0) > 0).toBe(true)
})

it('reports a child whose file is missing', async () => {
  const { code } = await ended(launchFile(path.join(dir, 'none.mjs'), { memoryMb: 64 }))
  expect(code).toBe(1)
})

afterEach(() => void vi.unstubAllEnvs())

it('finds entries in a checkout and beside a bundle', () => {
  // as outside of tests, which bundle what they start
  vi.stubEnv('GREENPRINT_TEST_BUNDLE', undefined)
  const at = (file: string) => pathToFileURL(path.resolve('/app', file)).href
  expect(childEntryPath('import-process', at('electron/backend/launch-node.ts'))).toBe(
    path.resolve('/app/electron/backend/import/import-process.ts'),
  )
  expect(childEntryPath('import-process', at('out/main/main.js'))).toBe(path.resolve('/app/out/main/import-process.js'))
  expect(childEntryPath('import-process', at('out/main/chunks/shared-1a.js'))).toBe(
    path.resolve('/app/out/main/import-process.js'),
  )
})
