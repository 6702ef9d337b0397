import { create } from 'zustand'
import type { LayerId } from '#core/model/ids.ts'
import { useOverlays } from '../overlays/overlay-store.ts'

/** Which lists of the layers panel stand open. */
export type PanelMenu = 'themes' | 'bookmarks'

/** What only the layers panel knows: what stands open in it. */
interface TreeState {
  /** The layer whose settings are open; one at a time keeps the tree short. */
  detail: LayerId | null
  legends: ReadonlySet<LayerId>
  menu: PanelMenu | null
  /** A dialog that asks for a name, or that manages names. */
  dialog: 'saveTheme' | 'themes' | 'addBookmark' | 'bookmarks' | null
}

export const useTree = create<TreeState>()(() => ({ detail: null, legends: new Set(), menu: null, dialog: null }))

/** Opens the settings of a layer, or closes them. */
export const toggleDetail = (id: LayerId): void => useTree.setState(({ detail }) => ({ detail: detail === id ? null : id }))

/** Opens the legend of a layer, or closes it. */
export const toggleLegend = (id: LayerId): void =>
  useTree.setState(({ legends }) => ({
    legends: legends.has(id) ? new Set([...legends].filter((other) => other !== id)) : new Set([...legends, id]),
  }))

/** Opens a list of the layers panel, wherever the panel's side is. */
export function openPanelMenu(menu: PanelMenu): void {
  useOverlays.getState().showPanel('layers')
  useTree.setState({ menu })
}

/** Opens a dialog of the layers panel, wherever the panel's side is. */
export function openPanelDialog(dialog: NonNullable<TreeState['dialog']>): void {
  useOverlays.getState().showPanel('layers')
  useTree.setState({ dialog })
}
