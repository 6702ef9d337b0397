import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

const here = (file: string) => JSON.stringify(path.join(import.meta.dirname, file))

/** What V8 says of its collector of WebAssembly code while threads from sources (whose types Node strips with WebAssembly) come and go. */
function collectorWords(start: string): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-threads-'))
  const script = `
    import { once } from 'node:events'
    import { Worker } from 'node:worker_threads'
    import { entryUrl } from ${here('entry-url.ts')}
    import { startThread } from ${here('start-thread.ts')}
    for (const name of ['a', 'b']) {
      const dir = ${JSON.stringify(dir)} + '/' + name
      const options = { workerData: { dir, options: { parcels: 200, seed: 1 } } }
      await once(${start}, 'exit')
    }`
  // stress: it starts at the first dead byte; without it, it takes some 60 kB, and so much longer that no test would wait for it
  const flags = ['--stress-wasm-code-gc', '--trace-wasm-code-gc', '--input-type=module', '--eval', script]
  try {
    return execFileSync(process.execPath, flags, {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      env: { ...process.env, NODE_COMPILE_CACHE: '', NODE_OPTIONS: '', GREENPRINT_TEST_BUNDLE: undefined },
    })
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

describe('threads', () => {
  it('never let compiled WebAssembly be collected, which V8 would do by itself', () => {
    expect(collectorWords(`new Worker(entryUrl('sample-worker'), { ...options, execArgv: [] })`)).toContain('Starting GC')
    expect(collectorWords(`startThread('sample-worker', options)`)).not.toContain('Starting GC')
  })
})
