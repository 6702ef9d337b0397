import {
  notifyManager,
  QueryClient,
  QueryClientProvider,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { create } from 'zustand'
import type { CallOptions, Client } from '#core/contract/client.ts'
import type { Events, Input, Output, ProcedureName, Progress } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { whenShown } from './after-paint.ts'

const ClientContext = createContext<Client | null>(null)

/** What each kind of change makes old; a procedure that is not named here never goes stale by itself. */
const STALE: Record<Events['catalogue.changed']['what'], readonly ProcedureName[]> = {
  plans: [
    'share.receipts',
    'share.conflicts',
    'rounds.get',
    'orientation.get',
    'plans.list',
    'plans.get',
    'map.setup',
    'sheets.list',
    'history.get',
    'audit.list',
  ],
  review: [
    'reviews.get',
    'reviews.asOf',
    'history.ofItem',
    'history.ofFinding',
    'findings.thread',
    'findings.facts',
    'panel.get',
    'rounds.get',
    'rounds.check',
    'orientation.get',
    'panel.calibrate',
    'options.open',
    'options.compare',
    'monitoring.series',
    'memo.compose',
    'result.get',
    'plans.list',
    'history.get',
    'audit.list',
    'share.conflicts',
  ],
  look: ['map.look'],
  settings: ['settings.get', 'basemap.get', 'audit.list'],
  attachments: ['attachments.list', 'history.get', 'audit.list'],
  office: [
    'templates.list',
    'checklists.list',
    'checklists.get',
    'checklists.versions',
    'reviews.get',
    'history.get',
    'audit.list',
  ],
  options: ['options.list', 'options.open', 'options.compare', 'options.changes', 'memo.compose', 'history.get', 'audit.list'],
  sheets: ['sheets.list', 'history.get', 'audit.list'],
  profiles: ['profiles.list', 'audit.list'],
  history: ['history.get', 'audit.list', 'plans.list'],
  library: ['library.list', 'library.get', 'library.statistics', 'audit.list'],
  inbox: ['inbox.get'],
}

// What an answer changes is drawn with everything else that it changes, not in a task of its own.
notifyManager.setScheduler(queueMicrotask)

const newCache = () =>
  new QueryClient({
    defaultOptions: { queries: { retry: false, staleTime: Infinity, refetchOnWindowFocus: false, gcTime: 300_000 } },
  })

/** Gives every component below the backend, and refetches what the backend says has changed. */
export function ApiProvider({ client, children }: { client: Client; children: ReactNode }) {
  const [cache] = useState(newCache)
  useEffect(
    () =>
      client.on('catalogue.changed', ({ what }) => {
        whenShown(() => {
          for (const name of STALE[what]) void cache.invalidateQueries({ queryKey: [name] })
        })
      }),
    [client, cache],
  )
  return (
    <ClientContext value={client}>
      <QueryClientProvider client={cache}>{children}</QueryClientProvider>
    </ClientContext>
  )
}

/** The conversation itself, for what is neither shown nor commanded (map tiles). */
export function useClient(): Client {
  const client = useContext(ClientContext)
  if (!client) throw new Error('useClient needs an ApiProvider above it')
  return client
}

/** What the backend knows, kept fresh by its events. */
export function useRead<N extends ProcedureName>(
  name: N,
  input: Input<N>,
  options: {
    enabled?: boolean
    /** Progress and cancel of a long call in the caller's hands: it then goes on when nobody looks any more. */
    calling?: () => CallOptions
  } = {},
): UseQueryResult<Output<N>> {
  const client = useClient()
  return useQuery<Output<N>>({
    queryKey: [name, input],
    // Reading the signal tells the cache to cancel when the last reader leaves.
    queryFn: async (query) =>
      (await client.call(name, input, options.calling?.() ?? { signal: query.signal })) ?? (null as Output<N>),
    enabled: options.enabled ?? true,
  })
}

/** Asks ahead for what will likely be read next; a failure is told to whoever then reads it. */
export function usePrefetch(): <N extends ProcedureName>(name: N, input: Input<N>) => void {
  const client = useClient()
  const cache = useQueryClient()
  return useCallback(
    (name, input) => void cache.prefetchQuery({ queryKey: [name, input], queryFn: () => client.call(name, input) }),
    [client, cache],
  )
}

/** A call that changes something: its progress, its failure, and a way to stop it. */
export interface Command<N extends ProcedureName> {
  /**
   * Resolves with the answer, or with null when it failed (see `error`) or was cancelled. `answered` hears of the answer first, so that
   * what it changes is drawn together with the end of waiting.
   */
  run: (input: Input<N>, answered?: (output: Output<N>) => void) => Promise<{ output: Output<N> } | null>
  cancel: () => void
  reset: () => void
  busy: boolean
  progress: Progress | null
  error: unknown
}

/** How many commands wait for their answer: an edit is saved when it is answered, so this is all that "unsaved" can mean. */
const useUnanswered = create<{ count: number }>()(() => ({ count: 0 }))
const countUnanswered = (change: 1 | -1) => useUnanswered.setState(({ count }) => ({ count: count + change }))

export const useSaving = (): boolean => useUnanswered(({ count }) => count > 0)

const wasCancelled = (error: unknown) => error instanceof AppError && error.code === 'request.cancelled'

/** Runs a procedure on demand. Cancelled calls are not failures: the person asked for it. */
export function useCommand<N extends ProcedureName>(name: N): Command<N> {
  const client = useClient()
  const [state, setState] = useState<{ busy: boolean; progress: Progress | null; error: unknown }>(IDLE)
  const abort = useRef<AbortController | null>(null)
  const run = useCallback(
    async (input: Input<N>, answered?: (output: Output<N>) => void) => {
      const controller = new AbortController()
      abort.current = controller
      setState({ ...IDLE, busy: true })
      countUnanswered(1)
      try {
        const onProgress = (progress: Progress) => setState((now) => (now.busy ? { ...now, progress } : now))
        const output = await client.call(name, input, { signal: controller.signal, onProgress })
        answered?.(output)
        setState(IDLE)
        return { output }
      } catch (error) {
        setState({ ...IDLE, error: wasCancelled(error) ? null : error })
        return null
      } finally {
        countUnanswered(-1)
      }
    },
    [client, name],
  )
  const cancel = useCallback(() => abort.current?.abort(), [])
  const reset = useCallback(() => setState(IDLE), [])
  return useMemo(() => ({ run, cancel, reset, ...state }), [run, cancel, reset, state])
}

const IDLE = { busy: false, progress: null, error: null }

/** Puts an answer where its read will find it, so that a command's result is on screen without a second call. */
export function useRemember() {
  const cache = useQueryClient()
  return useCallback(
    <N extends ProcedureName>(name: N, input: Input<N>, output: Output<N>) => void cache.setQueryData([name, input], output),
    [cache],
  )
}
