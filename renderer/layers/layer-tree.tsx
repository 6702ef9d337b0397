import type { MapLayer } from '#core/contract/map-data.ts'
import { layerTree, withSwitched, type TreeGroup } from '#core/map/layer-tree.ts'
import { scaleOf, type MapLook } from '#core/map/look.ts'
import type { LayerId, PlanId } from '#core/model/ids.ts'
import { useWords } from '../i18n/use-words.ts'
import { useLookStore } from '../workbench/look-store.ts'
import { GroupRow } from './group-row.tsx'
import { LayerRow, type TreeLayer } from './layer-row.tsx'
import { treeKeys } from './tree-keydown.ts'
import { useDragOrder, type Drag } from './use-drag-order.ts'
import { useMoves } from './use-moves.ts'
import type { SeenCounts } from './use-seen.ts'
import './layers.css'

/** Before the name of a group in the name of its row: no layer is called so. */
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

function foldGroup(id: string): void {
  const { look, change } = useLookStore.getState()
  const others = look.closed.filter((other) => other !== id)
  change({ closed: look.closed.includes(id) ? others : [...others, id] })
}

function switchGroup(layers: readonly MapLayer[], on: boolean): void {
  const { look, change, showOnly } = useLookStore.getState()
  const ids = layers.map(({ id }) => id)
  showOnly(null)
  change(withSwitched(look, ids, on))
}

interface BranchProps extends LayerTreeProps {
  own: readonly MapLayer[]
  drag: ReturnType<typeof useDragOrder>
  onMove: (id: LayerId, to: number) => void
}

/** The layers of a group. */
function Branch({ own, drag, onMove, ...tree }: BranchProps) {
  const scale = tree.metresPerPixel === null ? null : scaleOf(tree.metresPerPixel)
  return (
    <ul>
      {own.map(({ id }, place) => {
        const of = tree.layers.find(({ layer }) => layer.id === id)
        if (!of) return null
        return (
          <li key={id} data-drag={id} className={`tree-layer${dropClass(drag.drag, id, place === own.length - 1)}`}>
            <LayerRow
              planId={tree.planId}
              of={of}
              look={tree.look}
              isShown={tree.visible.has(id)}
              isSolo={tree.solo === id}
              scale={scale}
              seen={tree.seen && (tree.seen.get(id) ?? [])}
              canMove={[place > 0, place < own.length - 1]}
              onMove={(by) => onMove(id, place + by)}
              handle={drag.handle(id)}
            />
          </li>
        )
      })}
    </ul>
  )
}

/** Which row holds what, and where that would be moved to. */
function rowMover(tree: readonly TreeGroup[], { moveLayerTo, moveGroupTo }: ReturnType<typeof useMoves>) {
  return (row: string, by: 1 | -1): void => {
    const at = tree.findIndex(({ group }) => GROUP + group.id === row)
    if (at >= 0) return moveGroupTo(row.slice(GROUP.length), at + by)
    const own = tree.find((group) => group.layers.some(({ id }) => id === row))?.layers ?? []
    moveLayerTo(row as LayerId, own.findIndex(({ id }) => id === row) + by)
  }
}

/** Layers in their groups: a plain list of lists, so that every screen reader knows it, walked through by arrows. */
export function LayerTree(props: LayerTreeProps) {
  const { layers, look, visible } = props
  const { t } = useWords()
  const placed = layers.map(({ layer }) => layer)
  const tree = layerTree(placed, look)
  const moves = useMoves(placed, tree)
  const dragLayer = useDragOrder((id, to) => moves.moveLayerTo(id as LayerId, to))
  const dragGroup = useDragOrder(moves.moveGroupTo)
  return (
    <>
      <p className="visually-hidden" role="status">
        {moves.said}
      </p>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- arrows are a short cut among the controls inside, which all have Tab and names */}
      <ul className="tree" aria-label={t('layers.tree')} onKeyDownCapture={treeKeys(rowMover(tree, moves))}>
        {tree.map(({ group, layers: own }, at) => {
          const isClosed = look.closed.includes(group.id)
          const dropping = dropClass(dragGroup.drag, group.id, at === tree.length - 1)
          return (
            <li key={group.id} data-drag={group.id} className={`tree-group${dropping}`}>
              <GroupRow
                group={group}
                isClosed={isClosed}
                shown={own.filter(({ id }) => visible.has(id)).length}
                count={own.length}
                canMove={[at > 0, at < tree.length - 1]}
                onFold={() => foldGroup(group.id)}
                onSwitch={(on) => switchGroup(own, on)}
                onMove={(by) => moves.moveGroupTo(group.id, at + by)}
                handle={dragGroup.handle(group.id)}
              />
              {!isClosed && <Branch {...props} own={own} drag={dragLayer} onMove={moves.moveLayerTo} />}
            </li>
          )
        })}
      </ul>
    </>
  )
}
