import { afterEach, expect, it, vi } from 'vitest'
import type { ExportedFile } from '#core/contract/procedures.ts'
import type { ShellApi } from '#core/contract/shell-api.ts'
import type { FileToken } from '#core/model/ids.ts'
import { saveText } from './shell.ts'
import type { Command } from './use-api.tsx'

afterEach(() => vi.unstubAllGlobals())

const written: ExportedFile = { fileName: 'mine.json', sizeBytes: 2, sha256: 'a'.repeat(64), download: null }

function desktop(token: FileToken | null, answer: ExportedFile | null = written) {
  const pickSavePath = vi.fn<ShellApi['pickSavePath']>(() => Promise.resolve(token))
  const run = vi.fn<Command<'files.saveText'>['run']>(() => Promise.resolve(answer && { output: answer }))
  const createElement = vi.fn<(name: string) => { click: () => void }>(() => ({ click: () => undefined }))
  vi.stubGlobal('document', { createElement })
  vi.stubGlobal('window', { greenprint: { pickSavePath } })
  const save: Command<'files.saveText'> = {
    run,
    cancel: () => undefined,
    reset: () => undefined,
    busy: false,
    progress: null,
    error: null,
  }
  return { save, run, pickSavePath, createElement }
}

it('asks the backend to write in the desktop application, and downloads nothing', async () => {
  const { save, run, pickSavePath, createElement } = desktop('token' as FileToken)
  expect(await saveText('{}', 'manifest.json', save)).toBe('mine.json')
  expect(pickSavePath).toHaveBeenCalledWith('manifest.json')
  expect(run).toHaveBeenCalledWith({ target: 'token', text: '{}' })
  expect(createElement).not.toHaveBeenCalled()
})

it('writes nothing when the dialog is cancelled, and claims nothing when writing failed', async () => {
  const cancelled = desktop(null)
  expect(await saveText('{}', 'manifest.json', cancelled.save)).toBeNull()
  expect(cancelled.run).not.toHaveBeenCalled()
  const failed = desktop('token' as FileToken, null)
  expect(await saveText('{}', 'manifest.json', failed.save)).toBeNull()
})

it('downloads in a browser', async () => {
  const { save, run, createElement } = desktop(null)
  vi.stubGlobal('window', {})
  expect(await saveText('{}', 'manifest.json', save)).toBe('manifest.json')
  expect(createElement).toHaveBeenCalledWith('a')
  expect(run).not.toHaveBeenCalled()
})
