import { enableCompileCache, flushCompileCache } from 'node:module'
import type { Command, FromChild, Preparation, ToChild } from './messages.ts'
import { parentChannel } from './parent-channel.ts'

/**
 * The killable process in which untrusted files are parsed: it takes one command, reports while it works, answers once and
 * waits to be ended. It writes nothing but its staging folder, the temporary GeoPackage that the command names, and this
 * program's own code in compiled form, which makes the next process start in half the time.
 */

const parent = parentChannel()
const post = (message: FromChild) => parent.post(message)

let started = false
parent.onMessage((received) => {
  const message = received as ToChild
  if (started) return
  if (message.command === 'prepare') return void prepare(message)
  started = true
  void answer(message)
})

// Loaded only when asked: what is loaded before the cache is enabled is compiled every time.
async function load({ codeCacheDir }: Command | Preparation) {
  if (codeCacheDir !== null) enableCompileCache(codeCacheDir)
  // Errors are carried home by the same library.
  const [commands, { AppError }] = await Promise.all([import('./import-commands.ts'), import('#core/errors.ts')])
  return { ...commands, AppError }
}

async function prepare(message: Preparation): Promise<void> {
  const { prepareCommands } = await load(message)
  prepareCommands()
}

async function answer(message: Command): Promise<void> {
  const { runCommand, AppError } = await load(message)
  try {
    const output = await runCommand(message, post)
    // The parent ends this process with the answer, so the cache is written before; it costs nothing once it is there.
    if (message.codeCacheDir !== null) flushCompileCache()
    post({ t: 'done', output })
  } catch (error) {
    if (error instanceof AppError) post({ t: 'failed', error: error.toWire() })
    else post({ t: 'broken', name: nameOf(error), stack: error instanceof Error ? (error.stack ?? '') : '' })
  }
}

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : typeof error)
