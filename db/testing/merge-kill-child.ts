import fs from 'node:fs'
import { once } from 'node:events'
import type { Incoming } from '#core/share/merge.ts'
import { openForTest, REVIEWER } from './fixtures.ts'

/** Opens a catalogue and merges a package into it, waiting for a word before each, until it is killed. */
const [, , dir, packageFile] = process.argv
if (dir === undefined || packageFile === undefined) throw new Error('usage: merge-kill-child.ts DIR PACKAGE.json')

// Synchronous and unbuffered: what the parent has read was written after the command had returned.
const say = (line: string): void => void fs.writeSync(1, `${line}\n`)

const part = JSON.parse(fs.readFileSync(packageFile, 'utf8')) as Incoming
const catalogue = openForTest(dir)
say('open')
await once(process.stdin, 'data')
const started = performance.now()
const { opIds } = catalogue.commands.mergeOperations({ parts: [part], checklists: [] }, REVIEWER)
say(`merged ${opIds.length} ${Math.round(performance.now() - started)}`)
await once(process.stdin, 'data')
await catalogue.close()
process.exit(0)
