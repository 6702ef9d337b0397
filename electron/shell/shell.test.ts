import { describe, expect, it, vi } from 'vitest'
import { CHANNELS } from '#core/contract/shell-api.ts'
import { AppError } from '#core/errors.ts'
import { fakeElectron } from './fakes.ts'
import { runShell } from './shell.ts'
import { backendWith, opened, started, prevented } from './fake-start.ts'

describe('dialogs', () => {
  it('turn choices into tokens that only the backend can read', async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    const token = await fake.page().invoke(CHANNELS.pickFiles, 'files')
    expect(token).toMatch(/^[0-9a-f]{32}$/)
    expect(seen.options).toMatchObject({ host: 'electron' })
    const dropped = await fake.page().invoke(CHANNELS.registerDropped, ['/plans/b.shp', '', 'relative.shp', 7, null])
    expect(dropped).toMatch(/^[0-9a-f]{32}$/)
    await fake.page().invoke(CHANNELS.pickFiles, 'folder')
    expect(fake.did.filter(([what]) => what === 'open dialog')).toEqual([
      ['open dialog', { properties: ['openFile', 'multiSelections', 'dontAddToRecent'] }],
      ['open dialog', { properties: ['openDirectory'] }],
    ])
  })
  it.each([
    ['cancelled', { canceled: true, filePaths: ['/plans/a.gpkg'] }],
    ['empty', { canceled: false, filePaths: [] }],
    ['relative', { canceled: false, filePaths: ['a.gpkg', ''] }],
  ])('give null when the answer is %s', async (_, answer) => {
    const fake = await started()
    fake.answers.open = answer
    expect(await fake.page().invoke(CHANNELS.pickFiles, 'files')).toBeNull()
  })
  it('suggest a plain file name for saving, and give null when cancelled', async () => {
    const fake = await started()
    fake.answers.save = { canceled: true, filePath: '' }
    expect(await fake.page().invoke(CHANNELS.pickSavePath, '../../etc/意见书.pdf')).toBeNull()
    expect(fake.did).toContainEqual(['save dialog', { defaultPath: '意见书.pdf' }])
  })
  it.each([[undefined], [null], ['/etc/passwd'], [{ length: 1, 0: '/etc/passwd' }], [[]]])(
    'take %j for no drop',
    async (dropped) => {
      const fake = await started()
      expect(await fake.page().invoke(CHANNELS.registerDropped, dropped)).toBeNull()
    },
  )
})

describe('life of the application', () => {
  it('does nothing when another instance runs', () => {
    const fake = fakeElectron({ seed: 1, create: backendWith().create, lockTaken: true })
    opened.push(fake)
    runShell(fake.shell)
    expect([fake.did, fake.processes]).toEqual([[['quit']], []])
  })
  it('brings its window to the front when started again', async () => {
    const fake = await started()
    fake.app.emit('second-instance')
    expect(fake.did.slice(-2)).toEqual([['restore'], ['focus']])
    fake.window.emit('closed')
    fake.app.emit('second-instance')
    expect(fake.did.slice(-2)).toEqual([['restore'], ['focus']])
  })
  it('shows the window when it has something to show, and quits when it is closed', async () => {
    const fake = await started()
    fake.window.emit('ready-to-show')
    fake.app.emit('window-all-closed')
    expect(fake.did.slice(-2)).toEqual([['show'], ['quit']])
  })
  it('closes the catalogue before it ends', async () => {
    const { create, seen } = backendWith()
    const fake = await started({ create })
    expect(prevented((event: unknown) => fake.app.emit('will-quit', event))).toBe(true)
    await vi.waitFor(() => expect(fake.did.at(-1)).toEqual(['exit', 0]))
    expect(seen.closed).toBe(1)
  })
  it('ends when the backend is already gone', async () => {
    const fake = await started()
    fake.processes[0]?.process.exit(9)
    fake.app.emit('will-quit', { preventDefault: () => undefined })
    await vi.waitFor(() => expect(fake.did.at(-1)).toEqual(['exit', 0]))
  })
  it('says in both languages why the catalogue does not open, and ends', async () => {
    const create = () => Promise.reject(new AppError('catalogue.not-found', { what: '青岚' }))
    const fake = fakeElectron({ seed: 1, create })
    opened.push(fake)
    runShell(fake.shell)
    await vi.waitFor(() => expect(fake.did.at(-1)).toEqual(['exit', 1]))
    const [, title, content] = fake.did.find(([what]) => what === 'error box') ?? []
    expect(title).toBe('找不到该记录 / Not found')
    expect(content).toContain('青岚')
  })
})
