import { AppError } from '#core/errors.ts'
import type { ExportedFile } from '#core/contract/procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import { sessionName } from './session.ts'
import type { Command } from './use-api.tsx'

/** A file in the person's hands, with its place inside the chosen folder ("plan/ghyd.shp"). */
export interface HandedFile {
  file: File
  path: string
}

/** Where an export goes: a place chosen in a native dialog, a download, or nowhere because the person thought better of it. */
export type SaveTarget = { kind: 'chosen'; token: FileToken } | { kind: 'download' } | { kind: 'cancelled' }

/** What picking found: a token at once (native dialog), files that still need sending (browser), or nothing. */
export type Picked = { kind: 'token'; token: FileToken } | { kind: 'files'; files: HandedFile[] } | { kind: 'nothing' }

const fromToken = (token: FileToken | null): Picked => (token ? { kind: 'token', token } : { kind: 'nothing' })

/** Asks the browser for files; resolves with an empty list when the person closes the dialog. */
function askBrowser(folder: boolean, accept: string): Promise<HandedFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.multiple = true
    input.webkitdirectory = folder
    input.accept = accept
    input.addEventListener('change', () => {
      resolve([...(input.files ?? [])].map((file) => ({ file, path: file.webkitRelativePath || file.name })))
    })
    input.addEventListener('cancel', () => resolve([]))
    input.click()
  })
}

/** Lets the person choose files or a folder in whatever dialog this host has. */
export async function pick(what: 'files' | 'folder', accept = ''): Promise<Picked> {
  if (window.greenprint) return fromToken(await window.greenprint.pickFiles(what))
  const files = await askBrowser(what === 'folder', accept)
  return files.length === 0 ? { kind: 'nothing' } : { kind: 'files', files }
}

/**
 * Sends files to the loopback host, one request each, all under the first one's token. Aborting stops between and within files.
 * A refused file throws and names itself.
 */
export async function upload(
  files: readonly HandedFile[],
  signal: AbortSignal,
  sent: (done: number) => void,
): Promise<FileToken> {
  let token: FileToken | null = null
  for (const [index, handed] of files.entries()) {
    token = await uploadOne(handed, token, signal)
    sent(index + 1)
  }
  if (token === null) throw new AppError('request.invalid', { procedure: 'upload', problem: 'no files' })
  return token
}

async function uploadOne({ file, path }: HandedFile, into: FileToken | null, signal: AbortSignal): Promise<FileToken> {
  const headers = new Headers({
    Authorization: `Bearer ${sessionName()}`,
    'Content-Type': 'application/octet-stream',
    'X-Greenprint-Path': encodeURIComponent(path),
  })
  if (into !== null) headers.set('X-Greenprint-Upload', into)
  const response = await fetch('/upload', { method: 'POST', headers, body: file, signal })
  if (!response.ok) throw await refusal(response, path)
  return ((await response.json()) as { token: FileToken }).token
}

/** The host answers a refused request with a few words of its own; without them the status has to do. */
async function refusal(response: Response, what: string): Promise<AppError> {
  const text = await response.text()
  const said = /"problem"\s*:\s*"([^"]*)"/.exec(text)?.[1]
  return new AppError('request.invalid', { procedure: what, problem: said ?? `${response.status} ${response.statusText}` })
}

/** Asks where an export should go; the browser always downloads. */
export async function pickSaveTarget(suggestedName: string): Promise<SaveTarget> {
  if (!window.greenprint) return { kind: 'download' }
  const token = await window.greenprint.pickSavePath(suggestedName)
  return token ? { kind: 'chosen', token } : { kind: 'cancelled' }
}

/** Hands bytes to the browser's own download. */
function saveBlob(blob: Blob, fileName: string): void {
  const address = URL.createObjectURL(blob)
  const link = document.createElement('a')
  link.href = address
  link.download = fileName
  link.click()
  // The download reads the blob after this task; a minute is ample and the page does not keep it for ever.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Fetches an export that waits at the loopback host; the link works once. */
export async function download({ download: token, fileName }: ExportedFile): Promise<void> {
  if (token === null) return
  const response = await fetch(`/download/${token}`, { headers: { Authorization: `Bearer ${sessionName()}` } })
  if (!response.ok) throw await refusal(response, fileName)
  saveBlob(await response.blob(), fileName)
}

/**
 * Saves a small text that the screen itself made (a manifest): written by the backend where the host has a save dialog, else
 * downloaded. Returns the name that it was saved under, or null when the person thought better of it or writing failed.
 */
export async function saveText(text: string, suggestedName: string, save: Command<'files.saveText'>): Promise<string | null> {
  const target = await pickSaveTarget(suggestedName)
  if (target.kind === 'cancelled') return null
  if (target.kind === 'chosen') return (await save.run({ target: target.token, text }))?.output.fileName ?? null
  saveBlob(new Blob([text], { type: 'application/json' }), suggestedName)
  return suggestedName
}

/** Takes what was dropped on the window: Electron learns the paths behind our back, the browser sends the contents. */
export async function takeDropped(files: HandedFile[]): Promise<Picked> {
  if (window.greenprint) return fromToken(await window.greenprint.pickFiles(files.map(({ file }) => file)))
  return files.length === 0 ? { kind: 'nothing' } : { kind: 'files', files }
}
