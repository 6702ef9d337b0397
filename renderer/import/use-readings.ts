import { useEffect, useState } from 'react'
import { fromWire } from '#core/errors.ts'
import { differingChoice, placesBeside } from '#core/intake/answers.ts'
import type { LayerDraft } from '#core/intake/draft.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { InspectedLayer, LayerChoice, LayerPlace } from '#core/model/inspection.ts'
import { useClient } from '../api/use-api.tsx'

/** A layer as the real reader tells it with the answers given, or why it could not be read so. */
export type Reading = { layer: InspectedLayer } | { error: unknown }

const PAUSE_MS = 350

/** Reads one layer again with a choice, beside the layers of the other files. */
export async function readAgain(
  call: (input: { files: FileToken; choices: LayerChoice[]; only: string[]; beside: LayerPlace[] }) => Promise<{
    files: { layers: InspectedLayer[]; error: { code: string; params: Record<string, unknown> } | null }[]
  }>,
  files: FileToken,
  choice: LayerChoice,
  kind: InspectedLayer['kind'],
  beside: LayerPlace[],
): Promise<Reading> {
  const answer = await call({ files, choices: [choice], only: [choice.path], beside })
  const failed = answer.files.find(({ error }) => error !== null)?.error
  if (failed) return { error: fromWire(failed) }
  const layers = answer.files.flatMap((file) => file.layers).filter(({ layer }) => layer === choice.layer)
  const layer = layers.find((one) => one.kind === kind) ?? layers[0]
  if (!layer) return { error: new Error('the layer is gone from its file') }
  return { layer }
}

const keyOf = (choice: LayerChoice, kind: InspectedLayer['kind']) => JSON.stringify([choice, kind])

/**
 * Whatever is answered differently from what was found is read again, one layer at a time, a moment after the last change.
 * Returns how a layer reads now, or undefined while that is what was found.
 */
export function useReadings(files: FileToken | null, layers: readonly LayerDraft[]): (layer: LayerDraft) => Reading | undefined {
  const client = useClient()
  const [readings, setReadings] = useState<ReadonlyMap<string, Reading>>(new Map())
  const wanted = layers.flatMap((layer) => {
    const choice = layer.role === null ? null : differingChoice(layer)
    return choice === null ? [] : [{ choice, kind: layer.found.kind, key: keyOf(choice, layer.found.kind) }]
  })
  const next = wanted.find(({ key }) => !readings.has(key))
  const nextKey = next?.key ?? null
  useEffect(() => {
    if (files === null || next === undefined) return undefined
    const controller = new AbortController()
    const keep = (reading: Reading) => {
      if (!controller.signal.aborted) setReadings((now) => new Map(now).set(next.key, reading))
    }
    const timer = setTimeout(() => {
      const call = (input: Parameters<Parameters<typeof readAgain>[0]>[0]) =>
        client.call('import.inspect', input, { signal: controller.signal })
      readAgain(call, files, next.choice, next.kind, placesBeside(layers, next.choice.path)).then(keep, (error: unknown) =>
        keep({ error }),
      )
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      controller.abort()
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `next` is new with every render; its key says whether it changed
  }, [client, files, nextKey])
  return (layer) => {
    const choice = layer.role === null ? null : differingChoice(layer)
    return choice === null ? undefined : readings.get(keyOf(choice, layer.found.kind))
  }
}

/** What the dialog shows of a layer: its evidence as found, its content as read with the answers. */
export function shownLayer(layer: LayerDraft, reading: Reading | undefined): LayerDraft {
  if (reading === undefined || 'error' in reading) return layer
  const { extent, sourceFields, classes, shape = null } = reading.layer
  return { ...layer, found: { ...layer.found, extent, sourceFields, classes, shape } }
}
