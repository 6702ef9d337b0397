import { setFlagsFromString } from 'node:v8'
import { Worker, type WorkerOptions } from 'node:worker_threads'
import { entryUrl, type WorkerEntry } from './entry-url.ts'

let isSteady = false

/**
 * The V8 of Node 24 frees compiled WebAssembly code of one thread while another may just be taking it up again, and then dies of a signal
 * (docs/adr/0011-webassembly-code-is-kept.md). Code that is kept until its module goes is never freed that way. Electron's V8 counts differently.
 */
function keepWebAssemblyCode(): void {
  if (!isSteady && process.versions['electron'] === undefined) setFlagsFromString('--no-wasm-code-gc')
  isSteady = true
}

/** Starts a thread of ours: the only place that does, because what one thread does to WebAssembly concerns every other in the process. */
export function startThread(entry: WorkerEntry, options: WorkerOptions = {}): Worker {
  keepWebAssemblyCode()
  return new Worker(entryUrl(entry), { execArgv: [], ...options })
}
