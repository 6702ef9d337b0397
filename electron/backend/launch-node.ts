import { fork } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { heapFlags, type ChildEntry, type LaunchChild } from './child.ts'
import { bundleOfTests } from './entry-url.ts'

/** Where each entry lies in a checkout; the build puts all of them beside the bundle that calls this. */
const SOURCES: Record<ChildEntry, string> = {
  'import-process': 'import/import-process.ts',
  'basemap-process': 'basemap/basemap-process.ts',
  'sheet-process': 'sheets/sheet-process.ts',
  'package-process': 'share/package-process.ts',
  'self-test-victim': 'self-test-victim.ts',
}

/** Kept apart from `new URL(…)`, which bundlers would take for an asset to copy. */
const here = import.meta.url

/** Path of a child's entry: its source when run from a checkout, `<entry>.js` in the flat bundle (shared code may lie in `chunks`). */
export function childEntryPath(entry: ChildEntry, moduleUrl: string = here): string {
  const folder = path.dirname(fileURLToPath(moduleUrl))
  const bundle = bundleOfTests()
  if (moduleUrl.endsWith('.ts'))
    return bundle === undefined ? path.join(folder, SOURCES[entry]) : path.join(bundle, `${entry}.js`)
  return path.join(path.basename(folder) === 'chunks' ? path.dirname(folder) : folder, `${entry}.js`)
}

/** Starts children as Node processes: for the loopback host, the command line and tests. */
export const launchNode: LaunchChild = (entry, options) => launchFile(childEntryPath(entry), options)

/** Starts any file as a killable child with a bounded heap. Messages are structured clones, as with Electron's utility process. */
export function launchFile(file: string, { memoryMb }: Parameters<LaunchChild>[1]): ReturnType<LaunchChild> {
  const child = fork(file, {
    execArgv: heapFlags(memoryMb),
    serialization: 'advanced',
    // A child speaks in messages. Its stdout would spoil the command line's one JSON document, and a crash dump names paths.
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    env: { ...process.env, NODE_OPTIONS: '' },
  })
  const exit = Promise.withResolvers<{ code: number | null; signal: string | null }>()
  child.once('exit', (code, signal) => exit.resolve({ code, signal }))
  // A child that never started, or a channel that broke, ends here too; the caller must not wait for ever.
  child.on('error', () => {
    child.kill('SIGKILL')
    if (child.pid === undefined) exit.resolve({ code: null, signal: 'not started' })
  })
  return {
    post(message) {
      if (child.connected) child.send(message as object)
    },
    onMessage: (receive) => void child.on('message', receive),
    onExit: (exited) => void exit.promise.then(({ code, signal }) => exited(code, signal)),
    kill: () => void child.kill('SIGKILL'),
  }
}
