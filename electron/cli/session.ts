import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { FileTokens } from '#backend/backend.ts'
import { launchNode } from '#backend/launch-node.ts'
import { connectClient } from '#core/contract/client.ts'
import { memoryPortPair } from '#core/contract/memory-port.ts'
import type { Input, Output, ProcedureName } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { Surroundings } from './command.ts'

export const checkout = path.resolve(import.meta.dirname, '../..')
export const resourcesDir = path.join(checkout, 'resources')

/** A backend with one caller: the command. The same contract as the screen's, over a port in memory. */
export interface Session {
  /** Calls with progress on stderr; Ctrl+C cancels it. */
  call<N extends ProcedureName>(name: N, input: Input<N>): Promise<Output<N>>
  files(paths: readonly string[]): FileToken
  save(file: string): FileToken
}

/** Runs `work` on a catalogue, or on a temporary one that is removed afterwards. */
export async function withSession<T>(
  catalogueDir: string | undefined,
  around: Surroundings,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const temporary = catalogueDir === undefined ? mkdtempSync(path.join(tmpdir(), 'greenprint-run-')) : undefined
  try {
    // Loaded only now: help and wrong usage answer at once.
    const { createBackend } = await import('#backend/backend.ts')
    const backend = await createBackend({
      catalogueDir: path.resolve(catalogueDir ?? temporary ?? ''),
      host: 'cli',
      launchChild: launchNode,
      resourcesDir,
      // Who runs a command wrote or chose the manifest; on the screen a manifest may come from anyone.
      confineToRoot: false,
      temporary: temporary !== undefined,
    })
    const [near, far] = memoryPortPair()
    backend.serve(far)
    const client = connectClient(near)
    try {
      return await work({
        call: async (name, input) => {
          try {
            return await client.call(name, input, {
              signal: around.signal,
              onProgress: (progress) => around.progress.show(progress),
            })
          } finally {
            around.progress.end()
          }
        },
        ...tokensOf(backend.tokens),
      })
    } finally {
      client.close()
      await backend.close()
    }
  } finally {
    if (temporary !== undefined) {
      showBugs(temporary)
      rmSync(temporary, { recursive: true, force: true })
    }
  }
}

/** The log of a temporary catalogue goes with it; what it says of bugs must not. */
function showBugs(catalogueDir: string): void {
  const file = path.join(catalogueDir, 'logs', 'greenprint.log')
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []
  for (const line of lines.filter((one) => one.includes('"level":"error"'))) process.stderr.write(`${line}\n`)
}

/** @throws AppError `import.file-missing` */
function existing(file: string): string {
  const absolute = path.resolve(file)
  if (!existsSync(absolute)) throw new AppError('import.file-missing', { file })
  return absolute
}

const tokensOf = (tokens: FileTokens): Pick<Session, 'files' | 'save'> => ({
  files: (paths) => tokens.registerFiles(paths.map(existing)),
  save: (file) => tokens.registerSave(path.resolve(file)),
})
