import { useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { layerTree, moveGroup, moveLayer, withSwitched, type TreeGroup } from '#core/map/layer-tree.ts'
import { scaleOf, type MapLook } from '#core/map/look.ts'
import type { MapLayer } from '#core/contract/map-data.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useLookStore } from '../workbench/look-store.ts'
import { GroupRow } from './group-row.tsx'
import { LayerRow, type TreeLayer } from './layer-row.tsx'
import { treeStep } from './tree-keys.ts'
import type { SeenCounts } from './use-seen.ts'
import { useDragOrder, type Drag } from './use-drag-order.ts'
import './layers.css'

const GROUP = 'group '

interface LayerTreeProps {
  planId: PlanId
  layers: readonly TreeLayer[]
  look: MapLook
  visible: ReadonlySet<LayerId>
  solo: LayerId | null
  metresPerPixel: number | null
  seen: SeenCounts | null
}

const dropClass = (drag: Drag | null, id: string, isLast: boolean): string => {
  if (drag === null) return ''
  if (drag.id === id) return ' dragged'
  return drag.before === id ? ' drop-before' : drag.isLast && isLast ? ' drop-after' : ''
}

/** Moves things of the tree and says where they came to stand; the row that was moved keeps the keyboard. */
function useMoves(layers: readonly MapLayer[], tree: readonly TreeGroup[]) {
  const { t, say } = useWords()
  const [said, say_] = useState('')
  const list = useRef<HTMLUListElement>(null)
  const refocus = useRef<string | null>(null)
  useLayoutEffect(() => {
    const wanted = refocus.current
    refocus.current = null
    if (wanted !== null) list.current?.querySelector<HTMLElement>(wanted)?.focus()
  })
  const keepFocus = (row: string) => {
    const part = document.activeElement?.closest<HTMLElement>('[data-part]')?.dataset['part']
    const inRow = document.activeElement?.closest('[data-row]')?.getAttribute('data-row') === row
    if (inRow && part !== undefined) refocus.current = `[data-row="${row}"] [data-part="${part}"] :is(button, input)`
  }
  const moveLayerTo = (id: LayerId, to: number) => {
    const own = tree.find((group) => group.layers.some((layer) => layer.id === id))?.layers ?? []
    const layer = own.find((one) => one.id === id)
    if (!layer || to < 0 || to >= own.length) return
    const { look, change } = useLookStore.getState()
    keepFocus(id)
    change(moveLayer(layers, look, id, to))
    say_(t('layers.moved', { name: say(layer.title), at: to + 1, count: own.length }))
  }
  const moveGroupTo = (id: string, to: number) => {
    const group = tree.find((one) => one.group.id === id)?.group
    if (!group || to < 0 || to >= tree.length) return
    const { look, change } = useLookStore.getState()
    keepFocus(GROUP + id)
    change(moveGroup(layers, look, id, to))
    say_(t('layers.moved', { name: say(group.title), at: to + 1, count: tree.length }))
  }
  return { list, said, moveLayerTo, moveGroupTo }
}

const isTyping = (target: EventTarget) =>
  target instanceof HTMLElement && (target.closest('.tree-detail') !== null || target.closest('[role="menu"]') !== null)

/** Layers in their groups: a plain list of lists, so that every screen reader knows it, walked through by arrows. */
export function LayerTree({ planId, layers, look, visible, solo, metresPerPixel, seen }: LayerTreeProps) {
  const { t } = useWords()
  const placed = layers.map(({ layer }) => layer)
  const tree = layerTree(placed, look)
  const { list, said, moveLayerTo, moveGroupTo } = useMoves(placed, tree)
  const dragLayer = useDragOrder((id, to) => moveLayerTo(id as LayerId, to))
  const dragGroup = useDragOrder(moveGroupTo)
  const scale = metresPerPixel === null ? null : scaleOf(metresPerPixel)
  const fold = (id: string) => {
    const now = useLookStore.getState()
    const { closed } = now.look
    now.change({ closed: closed.includes(id) ? closed.filter((other) => other !== id) : [...closed, id] })
  }
  const switchGroup = (own: readonly MapLayer[], on: boolean) => {
    const now = useLookStore.getState()
    now.showOnly(null)
    now.change(
      withSwitched(
        now.look,
        own.map(({ id }) => id),
        on,
      ),
    )
  }
  const moveRow = (row: string, by: 1 | -1) => {
    const at = tree.findIndex(({ group }) => GROUP + group.id === row)
    if (at >= 0) return moveGroupTo(row.slice(GROUP.length), at + by)
    const own = tree.find((group) => group.layers.some(({ id }) => id === row))?.layers ?? []
    moveLayerTo(row as LayerId, own.findIndex(({ id }) => id === row) + by)
  }
  const onKey = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.nativeEvent.isComposing || isTyping(event.target)) return
    const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row]')]
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-row]') : null
    if (row === null) return
    const step = treeStep(event, rows.indexOf(row), rows.length)
    if (step === null) return
    event.preventDefault()
    event.stopPropagation()
    if (step.do === 'move') moveRow(row.dataset['row'] ?? '', step.by)
    else if (step.do === 'fold') {
      const button = row.querySelector<HTMLElement>('[data-part="fold"] button')
      if (button && (button.getAttribute('aria-expanded') === 'true') !== step.open) button.click()
    } else {
      const part = (event.target as Element).closest<HTMLElement>('[data-part]')?.dataset['part'] ?? 'switch'
      const next = rows[step.to]
      const to = next?.querySelector<HTMLElement>(`[data-part="${part}"] :is(button, input)`)
      ;(to ?? next?.querySelector<HTMLElement>('[data-part="switch"] input'))?.focus()
    }
  }
  return (
    <>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows are a short cut among the controls inside, which all have Tab and names */}
      <ul className="tree" ref={list} aria-label={t('layers.tree')} onKeyDownCapture={onKey}>
        {tree.map(({ group, layers: own }, at) => {
          const isClosed = look.closed.includes(group.id)
          return (
            <li
              key={group.id}
              data-drag={group.id}
              className={`tree-group${dropClass(dragGroup.drag, group.id, at === tree.length - 1)}`}
            >
              <GroupRow
                group={group}
                isClosed={isClosed}
                shown={own.filter(({ id }) => visible.has(id)).length}
                count={own.length}
                canMove={[at > 0, at < tree.length - 1]}
                onFold={() => fold(group.id)}
                onSwitch={(on) => switchGroup(own, on)}
                onMove={(by) => moveGroupTo(group.id, at + by)}
                handle={dragGroup.handle(group.id)}
              />
              {!isClosed && (
                <ul>
                  {own.map(({ id }, place) => {
                    const of = layers.find(({ layer }) => layer.id === id)
                    if (!of) return null
                    return (
                      <li
                        key={id}
                        data-drag={id}
                        className={`tree-layer${dropClass(dragLayer.drag, id, place === own.length - 1)}`}
                      >
                        <LayerRow
                          planId={planId}
                          of={of}
                          look={look}
                          isShown={visible.has(id)}
                          isSolo={solo === id}
                          scale={scale}
                          seen={seen && (seen.get(id) ?? [])}
                          canMove={[place > 0, place < own.length - 1]}
                          onMove={(by) => moveLayerTo(id, place + by)}
                          handle={dragLayer.handle(id)}
                        />
                      </li>
                    )
                  })}
                </ul>
              )}
            </li>
          )
        })}
      </ul>
    </>
  )
}
