import { commandLine } from './command-line.ts'

/* greenprint <command>, as a process. */

/** Ctrl+C asks the running call to stop; a second one ends the program at once. */
function cancelOnSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = () => (controller.signal.aborted ? process.exit(130) : controller.abort())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  return controller.signal
}

const { stdout, stderr } = process
const exitCode = await commandLine(process.argv.slice(2), { stdout, stderr, signal: cancelOnSignal })
// Everything is closed by now; what is left are idle handles of libraries. Ends only when stdout has taken the whole document.
stdout.write('', () => process.exit(exitCode))
