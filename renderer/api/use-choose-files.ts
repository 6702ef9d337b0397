import { useCallback, useRef, useState } from 'react'
import type { Progress } from '#core/contract/procedures.ts'
import type { FileToken } from '#core/model/ids.ts'
import { bilingual } from '#core/text.ts'
import { pick, takeDropped, upload, type HandedFile, type Picked } from './shell.ts'

interface State {
  busy: boolean
  progress: Progress | null
  error: unknown
}

const IDLE: State = { busy: false, progress: null, error: null }

const isAbort = (error: unknown) => error instanceof DOMException && error.name === 'AbortError'

/** Gets files from the person to the backend, whichever host this is, with progress and a way to stop. */
export function useChooseFiles() {
  const [state, setState] = useState<State>(IDLE)
  const abort = useRef<AbortController | null>(null)

  const send = useCallback(async (files: readonly HandedFile[]): Promise<FileToken | null> => {
    const controller = new AbortController()
    abort.current = controller
    const report = (done: number) => {
      const name = files[done]?.path ?? ''
      setState({
        busy: true,
        error: null,
        progress: { done, total: files.length, label: bilingual(`正在读取 ${name}`, `Reading ${name}`) },
      })
    }
    report(0)
    try {
      const token = await upload(files, controller.signal, report)
      setState(IDLE)
      return token
    } catch (error) {
      setState({ ...IDLE, error: isAbort(error) ? null : error })
      return null
    }
  }, [])

  const receive = useCallback(
    async (picked: Promise<Picked>): Promise<FileToken | null> => {
      setState(IDLE)
      const found = await picked
      if (found.kind === 'token') return found.token
      return found.kind === 'files' ? send(found.files) : null
    },
    [send],
  )
  const cancel = useCallback(() => abort.current?.abort(), [])
  return {
    ...state,
    cancel,
    forget: useCallback(() => setState(IDLE), []),
    pick: useCallback((what: 'files' | 'folder', accept = '') => receive(pick(what, accept)), [receive]),
    take: useCallback((files: HandedFile[]) => receive(takeDropped(files)), [receive]),
  }
}
