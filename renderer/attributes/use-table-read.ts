import { useQuery, type UseQueryResult } from '@tanstack/react-query'
import { useCallback, useRef, useState } from 'react'
import type { FeatureSet } from '#core/attributes/feature-set.ts'
import type { Input, Output, Progress } from '#core/contract/procedures.ts'
import { useClient } from '../api/use-api.tsx'

export type TableAsked = Omit<Input<'attributes.page'>, 'offset' | 'limit'>

let sets = 0
const numbers = new WeakMap<FeatureSet, number>()

/** A selection in the name of a question: its number, for the bits of a million features would be written out at every look. */
export function askedKey<T extends { only: FeatureSet | null }>(asked: T) {
  const { only } = asked
  if (only !== null && !numbers.has(only)) numbers.set(only, ++sets)
  return { ...asked, only: only === null ? null : `set ${numbers.get(only)}` }
}

/** A read that scans a table: how far it is, and a way to stop it. */
export interface Scan {
  progress: Progress | null
  isStopped: boolean
  stop: () => void
  again: () => void
}

type TableProcedure = 'attributes.page' | 'attributes.statistics'

/** Reads what takes a scan of the table; a scan that nobody waits for any more is stopped, by itself or by a person. */
export function useTableRead<N extends TableProcedure>(name: N, input: Input<N>): UseQueryResult<Output<N>> & { scan: Scan } {
  const client = useClient()
  const key = [name, askedKey(input)]
  const asked = JSON.stringify(key)
  const abort = useRef<AbortController | null>(null)
  const [told, setTold] = useState<{ asked: string; progress: Progress | null }>({ asked, progress: null })
  const [stopped, setStopped] = useState<string | null>(null)
  const isStopped = stopped === asked
  const read = useQuery<Output<N>>({
    queryKey: key,
    queryFn: ({ signal }) => {
      const own = new AbortController()
      signal.addEventListener('abort', () => own.abort())
      abort.current = own
      setTold({ asked, progress: null })
      return client.call(name, input, { signal: own.signal, onProgress: (progress) => setTold({ asked, progress }) })
    },
    enabled: !isStopped,
    gcTime: 60_000,
  })
  const stop = useCallback(() => {
    setStopped(asked)
    abort.current?.abort()
  }, [asked])
  const again = () => {
    setStopped(null)
    void read.refetch()
  }
  const progress = read.isFetching && told.asked === asked ? told.progress : null
  return { ...read, error: isStopped ? null : read.error, scan: { progress, isStopped, stop, again } } as never
}
