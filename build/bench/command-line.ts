import { spawnSync } from 'node:child_process'
import path from 'node:path'

const cli = path.resolve(import.meta.dirname, '../../electron/cli/main.ts')

/** Runs one command of the command line, from its sources; anything but success is an error with its own words. */
export function greenprint(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (status !== 0) throw new Error(stderr)
}
