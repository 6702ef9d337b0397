import path from 'node:path'
import { afterEach, expect, vi } from 'vitest'
import type { Backend, BackendOptions } from '#backend/backend.ts'
import { createFileTokens } from '#backend/file-tokens.ts'
import { messagePort } from '#core/contract/message-port.ts'
import { suiteBackend, type SuiteBackend } from '#core/contract/suite.ts'
import { fakeElectron, type FakeOptions } from './fakes.ts'
import { runShell } from './shell.ts'

/** A small real backend in the place where the utility process would create it. */
export function backendWith(suite: Pick<SuiteBackend, 'serve'> = suiteBackend()) {
  const seen: { options?: BackendOptions; closed: number } = { closed: 0 }
  const create = (options: BackendOptions): Promise<Backend> => {
    seen.options = options
    const tokens = createFileTokens(path.join(options.catalogueDir, 'staging'))
    return Promise.resolve({ tokens, serve: (port) => suite.serve(port), close: () => Promise.resolve(void (seen.closed += 1)) })
  }
  return { create, seen }
}

/** Every fake that a test started: closed when the test ends. */
export const opened: ReturnType<typeof fakeElectron>[] = []
afterEach(() => opened.splice(0).forEach((fake) => fake.close()))

/** The shell on fake Electron, its first page loaded. */
export async function started(changes: Partial<FakeOptions> = {}) {
  const fake = fakeElectron({ seed: 1, create: backendWith().create, ...changes })
  opened.push(fake)
  runShell(fake.shell)
  await vi.waitFor(() => expect(fake.did.map(([what]) => what)).toContain('load'))
  return fake
}

/** The port that a page of the fake gets once it is ready. */
export const portOf = async (fake: Awaited<ReturnType<typeof started>>) => {
  const page = fake.page()
  page.ready()
  await vi.waitFor(() => expect(page.given).toHaveLength(1))
  return messagePort(page.given[0] as (typeof page.given)[number])
}

/** What was registered with the fake, called as Electron would. */
export type Listener = (...given: unknown[]) => void
/** Whether a listener refuses what is about to happen. */
export const prevented = (listener: unknown): boolean => {
  const event = { preventDefault: vi.fn<() => void>() }
  ;(listener as Listener)(event, 'https://attacker.example/')
  return event.preventDefault.mock.calls.length === 1
}
