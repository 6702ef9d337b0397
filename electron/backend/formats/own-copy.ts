import { chmodSync, lstatSync, readdirSync } from 'node:fs'
import path from 'node:path'

/**
 * Makes a private copy its owner's to write and to remove. Copies keep the mode of what they were made from, and what an office
 * hands in is often read-only: on a disc, in an archive share, or so that nobody changes it.
 */
export function makeOwn(copy: string): void {
  const stat = lstatSync(copy)
  if (stat.isSymbolicLink()) return
  chmodSync(copy, stat.isDirectory() ? 0o700 : 0o600)
  if (stat.isDirectory()) for (const name of readdirSync(copy)) makeOwn(path.join(copy, name))
}
