import { globSync, readFileSync } from 'node:fs'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { FUSES } from '../../build/fuses.ts'
import type { Backend, BackendOptions } from '#backend/backend.ts'
import type { Probe } from '#backend/probe.ts'
import { ELECTRON_PROBES, type SelfTestReport } from '#backend/self-test-report.ts'
import { suiteBackend } from '#core/contract/suite.ts'
import { AppError } from '#core/errors.ts'
import { fakeElectron, type FakeOptions, type FakeSelfTest } from './fakes.ts'
import { runShell } from './shell.ts'

/** A backend that says of itself what the real one says inside Electron. */
const create = (options: BackendOptions): Promise<Backend> => {
  const { host } = options
  const info = { name: 'greenprint' as const, version: '0.1.0', host, readOnly: false, readOnlyReason: null }
  const suite = suiteBackend({ 'app.info': () => info })
  const tokens = {} as Backend['tokens'] // no probe asks for files
  return Promise.resolve({ tokens, serve: (port) => suite.serve(port), close: () => Promise.resolve() })
}

const opened: ReturnType<typeof fakeElectron>[] = []
afterEach(() => opened.splice(0).forEach((fake) => fake.close()))

async function selfTest(given: FakeSelfTest = {}, changes: Partial<FakeOptions> = {}) {
  const fake = fakeElectron({ seed: 7, create, selfTest: given, ...changes })
  opened.push(fake)
  runShell(fake.shell)
  await vi.waitFor(() => expect(fake.did.at(-1)?.[0]).toBe('exit'), { timeout: 30_000 })
  const printed = fake.did.filter(([what]) => what === 'print')
  expect(printed).toHaveLength(1)
  const report = JSON.parse(String(printed[0]?.[1])) as SelfTestReport
  const outcome = (id: string) => report.probes.find((one) => one.id === id)?.outcome
  const detail = (id: string) => report.probes.find((one) => one.id === id)?.detail
  return { fake, report, outcome, detail, code: fake.did.at(-1)?.[1] }
}

describe('--self-test', { timeout: 60_000 }, () => {
  it('prints one report of both processes’ probes, shows no window and ends with 0', async () => {
    const { fake, report, code } = await selfTest()
    expect(report.probes.filter(({ outcome }) => outcome !== 'passed')).toEqual([])
    expect(report.probes.map(({ id }) => id)).toEqual(['backend-process', 'quick', ...Object.keys(ELECTRON_PROBES)])
    expect(report).toMatchObject({ schema: 'self-test/1', ok: true, host: 'electron', machine: { platform: process.platform } })
    expect(code).toBe(0)
    fake.window.emit('ready-to-show')
    expect(fake.did.map(([what]) => what)).not.toContain('show')
    expect(fake.processes.map(({ name }) => name)).toEqual([
      'backend-process',
      'self-test-process',
      'import-process',
      'import-process',
    ])
  })
  it('lists as probes everything that the command line says only Electron can show', async () => {
    const { report } = await selfTest()
    for (const [id, title] of Object.entries(ELECTRON_PROBES))
      expect(report.probes).toContainEqual(expect.objectContaining({ id, title }))
  })
  it.each<[string, FakeSelfTest, string, RegExp]>([
    ['a page that knows Node', { faults: { leak: 'require' } }, 'preload', /require/],
    ['a page given too much', { faults: { extraKey: 'openPath' } }, 'preload', /openPath/],
    ['a page that can change what it is given', { faults: { unlocked: true } }, 'preload', /change/],
    ['a page that is granted permissions', { faults: { permission: 'granted' } }, 'permissions', /geolocation granted/],
    ['a page that may be asked for permissions', { faults: { permission: 'prompt' } }, 'permissions', /prompt/],
    ['a page that reaches the network', { faults: { online: true } }, 'canary-request', /answer from outside|got through/],
    ['a page without system call filter', { system: { platform: 'linux', status: () => 'Seccomp:\t0' } }, 'sandbox', /Seccomp 0/],
    [
      'a page that Windows does not confine',
      { faults: { leak: 'process' }, system: { platform: 'win32', status: String } },
      'sandbox',
      /confine/,
    ],
    ['fuses as Electron ships them', { wire: '101100011' }, 'fuses', /RunAsNode on/],
    ['a fuse wire that is too short', { wire: '0100' }, 'fuses', /unknown/],
    ['a program without fuse wire', { wire: null }, 'fuses', /no fuse wire/],
    ['a utility process that ends by itself', { frail: true }, 'utility-kill', /by itself/],
    ['a utility process that dies while it probes', { dies: true }, 'backend-process', /ended before/],
    ['a screen that does not load', { blank: true }, 'page', /ERR_FAILED/],
  ])('fails, with exit code 1 and a report, on %s', async (_, given, id, words) => {
    const { report, outcome, detail, code } = await selfTest(given)
    expect([outcome(id), code, report.ok]).toEqual(['failed', 1, false])
    expect(detail(id)).toMatch(words)
  })
  it('fails when a probe of the backend fails', async () => {
    const broken: Probe = { id: 'broken', title: { zh: '坏', en: 'Broken' }, check: () => Promise.reject(new Error('no addon')) }
    const { outcome, detail, code } = await selfTest({ probes: [broken] })
    expect([outcome('broken'), detail('broken'), code]).toEqual(['failed', 'no addon', 1])
  })
  it('reports, with no dialog, that the backend does not start', async () => {
    const { fake, outcome, code } = await selfTest(
      {},
      { create: () => Promise.reject(new AppError('catalogue.not-found', { what: 'x' })) },
    )
    expect(fake.did.map(([what]) => what)).not.toContain('error box')
    expect([outcome('port'), code]).toEqual(['failed', 1])
  })
  it('does not judge the fuses of a checkout, but tells them', async () => {
    const { report, outcome, detail, code } = await selfTest({ wire: '101100011' }, { developing: true })
    expect([outcome('fuses'), report.ok, code]).toEqual(['not run here', true, 0])
    for (const name of Object.keys(FUSES)) expect(detail('fuses')).toContain(name)
  })
  it('reads a wire that lies across two parts of the program', async () => {
    const { report } = await selfTest({ wire: '010011001' })
    expect(report.probes.find(({ id }) => id === 'fuses')?.detail).toBe(
      Object.entries(FUSES)
        .map(([name, on]) => `${name} ${on ? 'on' : 'off'}`)
        .join(', '),
    )
  })
  it('has a profile of its own before anything of the user’s could be opened', () => {
    const main = readFileSync('electron/shell/main.ts', 'utf8')
    const [own, catalogue] = [main.indexOf("app.setPath('userData', temp)"), main.indexOf("app.getPath('userData')")]
    expect(own).toBeGreaterThan(0)
    expect(own).toBeLessThan(catalogue)
    expect(main.slice(0, own)).not.toContain('userData')
  })
})

it('names nothing “require” at the top of a bundled file: the bundle declares that itself, and would not load', () => {
  const naming = globSync('{core,db,electron}/**/*.ts').filter((file) =>
    /^(?:const|let|var|function) require\b/m.test(readFileSync(file, 'utf8')),
  )
  expect(naming).toEqual([])
})
