import type { StoreApi } from 'zustand'
import { useAttributes } from '../attributes/attribute-store.ts'
import { useFindings } from '../findings/findings-store.ts'
import { useOptions } from '../options/option-store.ts'
import { useOverlays } from '../overlays/overlay-store.ts'
import { useUi } from '../state/ui-store.ts'
import { SHARED, type SharedName } from './messages.ts'
import { useWindows } from './windows-store.ts'

/** A part of a store that both windows know. */
export interface SharedPart {
  name: SharedName
  read: () => object
  /** What came from the other window, checked by its schema. */
  take: (value: unknown) => void
  /** Hears of changes, also of those that were just taken. */
  onChange: (changed: () => void) => () => void
}

function part<S extends object>(name: SharedName, store: Pick<StoreApi<S>, 'getState' | 'setState' | 'subscribe'>): SharedPart {
  const keys = Object.keys(SHARED[name].shape) as (keyof S)[]
  const read = () => Object.fromEntries(keys.map((key) => [key, store.getState()[key]]))
  return {
    name,
    read,
    take: (value) => store.setState(value as Partial<S>),
    onChange: (changed) => store.subscribe((now, before) => keys.some((key) => now[key] !== before[key]) && changed()),
  }
}

/** THE LIST of what two windows share. */
export const sharedParts = (): SharedPart[] => [
  part('desk', useUi),
  part('table', useAttributes),
  part('findings', useFindings),
  part('option', useOptions),
  part('overlays', useOverlays),
  part('windows', useWindows),
]
