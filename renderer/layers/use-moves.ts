import { useLayoutEffect, useRef, useState } from 'react'
import type { MapLayer } from '#core/contract/map-data.ts'
import { moveGroup, moveLayer, type TreeGroup } from '#core/map/layer-tree.ts'
import type { MapLook } from '#core/map/look.ts'
import type { LayerId } from '#core/model/ids.ts'
import type { Bilingual } from '#core/text.ts'
import { useWords } from '../i18n/use-words.ts'
import { useLookStore } from '../workbench/look-store.ts'

/** Moves things of the tree and says where they came to stand; what has the keyboard keeps it, though a browser takes it from what is moved. */
export function useMoves(layers: readonly MapLayer[], tree: readonly TreeGroup[]) {
  const { t, say } = useWords()
  const [said, setSaid] = useState('')
  const held = useRef<Element | null>(null)
  useLayoutEffect(() => {
    const element = held.current
    held.current = null
    if (!(element instanceof HTMLElement) || !element.isConnected || document.activeElement === element) return
    const canHold = !(element instanceof HTMLButtonElement && element.disabled)
    const row = element.closest('[data-drag]')?.querySelector<HTMLElement>('[data-part="more"] button')
    ;(canHold ? element : row)?.focus()
  })
  const move = (title: Bilingual, to: number, count: number, moved: (look: MapLook) => MapLook) => {
    if (to < 0 || to >= count) return
    held.current = document.activeElement
    const { look, change } = useLookStore.getState()
    change(moved(look))
    setSaid(t('layers.moved', { name: say(title), at: to + 1, count }))
  }
  const moveLayerTo = (id: LayerId, to: number) => {
    const own = tree.find((group) => group.layers.some((layer) => layer.id === id))?.layers ?? []
    const layer = own.find((one) => one.id === id)
    if (layer) move(layer.title, to, own.length, (look) => moveLayer(layers, look, id, to))
  }
  const moveGroupTo = (id: string, to: number) => {
    const group = tree.find((one) => one.group.id === id)?.group
    if (group) move(group.title, to, tree.length, (look) => moveGroup(layers, look, id, to))
  }
  return { said, moveLayerTo, moveGroupTo }
}
