import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { test as base } from '@playwright/test'
import { prepareCatalogue, type Prepared } from './catalogues.ts'
import { COMMAND_LINE } from './command-line.ts'
import { ReviewPage } from './pages/review-page.ts'

const root = path.resolve(import.meta.dirname, '..')

/** A loopback host on a catalogue of its own, as a person would start it: through the command line. */
export interface Host {
  url: string
  catalogueDir: string
  /** Ends the host and starts it again on the same catalogue; `between` may work on it meanwhile. Returns the new one-time address. */
  restart(between?: () => void): Promise<string>
}

interface Fixtures {
  /** What lies in the catalogue when the journey starts: `test.use({ prepared: 'city' })`. */
  prepared: Prepared
  host: Host
  review: ReviewPage
  /** What the page logged as errors: must stay empty. */
  complaints: string[]
}

interface RunningHost {
  child: ChildProcess
  url: string
  /** What it wrote on its error stream so far: V8 says there why it gave up. */
  errors: () => string
}

function start(catalogueDir: string): Promise<RunningHost> {
  const child = spawn(process.execPath, [COMMAND_LINE, 'serve', '--port', '0', '--catalogue', catalogueDir], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  return new Promise((resolve, reject) => {
    let errors = ''
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text))
    child.stdout
      .setEncoding('utf8')
      .once('data', (line: string) => resolve({ child, url: (JSON.parse(line) as { url: string }).url, errors: () => errors }))
    child.once('exit', (code, signal) => reject(new Error(`the host ended (${signal ?? `code ${code}`}): ${errors}`)))
  })
}

/** Ends the host; one that ended by itself is an error with its last words, never a silence that looks like a slow page. */
async function stop({ child, errors }: RunningHost): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null)
    throw new Error(`the host died (${child.signalCode ?? `code ${child.exitCode}`}): ${errors()}`)
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGTERM')
  await ended
}

export const test = base.extend<Fixtures>({
  prepared: ['nothing', { option: true }],
  host: async ({ prepared }, use) => {
    const catalogueDir = mkdtempSync(path.join(tmpdir(), 'greenprint-e2e-'))
    prepareCatalogue(prepared, catalogueDir)
    let running = await start(catalogueDir)
    await use({
      url: running.url,
      catalogueDir,
      async restart(between) {
        await stop(running)
        between?.()
        running = await start(catalogueDir)
        return running.url
      },
    })
    await stop(running)
    rmSync(catalogueDir, { recursive: true, force: true })
  },
  complaints: async ({ page }, use) => {
    const complaints: string[] = []
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(String(error)))
    await use(complaints)
  },
  review: async ({ page, host, complaints }, use) => {
    const review = new ReviewPage(page, complaints)
    await page.goto(host.url)
    await use(review)
    base.expect(complaints, 'errors on the console').toEqual([])
  },
})

export { expect } from '@playwright/test'
