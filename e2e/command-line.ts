import { spawnSync } from 'node:child_process'
import path from 'node:path'

/** The command line as it ships: journeys show what was built, and nothing strips types while they wait. */
export const COMMAND_LINE = path.resolve(import.meta.dirname, '../out/main/cli.js')

/** Runs one command and returns what it printed; anything but success is an error with its own words. */
export function greenprint(...args: string[]): string {
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, [COMMAND_LINE, ...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`greenprint ${args.join(' ')} ended with ${signal ?? status}: ${stderr}`)
  return stdout
}
