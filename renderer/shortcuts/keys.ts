import { create } from 'zustand'

/** Keys of the whole window, as they are unless a person changed them. */
const WINDOW_KEYS = {
  undo: ['Ctrl+Z'],
  redo: ['Ctrl+Y', 'Ctrl+Shift+Z'],
  save: ['Ctrl+S'],
  help: ['F1', '?'],
  memo: ['Ctrl+P'],
  results: ['Alt+T'],
  comment: ['C'],
  nextItem: ['Alt+ArrowDown'],
  previousItem: ['Alt+ArrowUp'],
  panels: ['F6'],
  search: ['Ctrl+K', 'Ctrl+F'],
  table: ['T'],
  measureDistance: ['M'],
  measureArea: ['G'],
  deselect: ['Ctrl+Shift+A'],
  activity: ['Alt+J'],
  describeMap: ['Alt+M'],
  bookmarks: ['Alt+B'],
  mapWindow: ['Alt+W'],
} as const

/** Keys that mean something only while a mark is drawn, with the map focused. */
const DRAWING_KEYS = {
  setPlace: ['Space'],
  lastPlace: ['Backspace'],
  snap: ['S'],
  nextPlace: ['N'],
} as const

export type WindowKey = keyof typeof WINDOW_KEYS
export type DrawingKey = keyof typeof DRAWING_KEYS
export type KeyName = WindowKey | DrawingKey
/** What a person changed: the key combination by what it does. */
export type ChangedKeys = Readonly<Record<string, string>>

const DEFAULTS: Readonly<Record<KeyName, readonly string[]>> = { ...WINDOW_KEYS, ...DRAWING_KEYS }
export const KEY_NAMES = Object.keys(DEFAULTS) as KeyName[]
const isWindowKey = (name: KeyName): name is WindowKey => name in WINDOW_KEYS

export interface KeyPress {
  key: string
  ctrlKey: boolean
  metaKey: boolean
  shiftKey: boolean
  altKey: boolean
}

/** "Ctrl+Shift+Z": what is pressed, written as it is kept; null while only Ctrl, Shift, Alt or a key of an input method is down. */
export function combinationOf({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string | null {
  if (['Control', 'Shift', 'Alt', 'AltGraph', 'Meta', 'CapsLock', 'Process', 'Dead', 'Unidentified', ''].includes(key))
    return null
  const isSign = key.length === 1 && key !== ' '
  // Shift is part of what a sign is ("?"), but not of a letter.
  const withShift = shiftKey && !(isSign && key.toLowerCase() === key.toUpperCase())
  const name = key === ' ' ? 'Space' : isSign ? key.toUpperCase() : key
  const held = [(ctrlKey || metaKey) && 'Ctrl', altKey && 'Alt', withShift && 'Shift'].filter((part) => part !== false)
  return [...held, name].join('+')
}

/** The combinations that do something now. */
export const keysOf = (name: KeyName, changed: ChangedKeys): readonly string[] =>
  changed[name] === undefined ? DEFAULTS[name] : [changed[name]]

const ARROWS: Readonly<Record<string, string>> = { ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓' }

/** A combination in single caps, as it is drawn: arrows as arrows. */
export const capsOf = (combination: string): string[] =>
  // "+" itself may be the last key.
  (combination.match(/[^+]+|\+$/g) ?? []).map((cap) => ARROWS[cap] ?? cap)

/** The first combination for something, in words: "Ctrl+Z". */
export const keyWords = (name: KeyName, changed: ChangedKeys): string => capsOf(keysOf(name, changed)[0] ?? '').join('+')

/** Combinations that every text field, list or browser has a meaning for; nothing else may take them. */
const TAKEN = new Set(
  [
    'Tab Shift+Tab Enter Shift+Enter Ctrl+Enter Escape Delete Home End PageUp PageDown ArrowLeft ArrowRight ArrowUp ArrowDown',
    'Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown',
    'Ctrl+A Ctrl+C Ctrl+V Ctrl+X Ctrl+W Ctrl+T Ctrl+N Ctrl+R F5 F11 F12 Alt+F4',
  ].flatMap((line) => line.split(' ')),
)

/** Keys that a text field uses itself, beside whatever writes a letter. */
const WRITING_KEYS = new Set([
  'Ctrl+Z',
  'Ctrl+Y',
  'Ctrl+Shift+Z',
  'Backspace',
  'Ctrl+Backspace',
  'Ctrl+ArrowLeft',
  'Ctrl+ArrowRight',
])
const writes = (combination: string) => WRITING_KEYS.has(combination) || !/^(Ctrl|Alt)\+|^(Shift\+)?F\d+$/.test(combination)

/** What a key press means for the whole window; null when it is not ours. While someone writes, only keys that no text field uses are. */
export function shortcutOf(press: KeyPress, writing: boolean, changed: ChangedKeys): WindowKey | 'escape' | null {
  const combination = combinationOf(press)
  if (combination === null) return null
  if (combination === 'Escape') return 'escape'
  if (writing && writes(combination)) return null
  return KEY_NAMES.filter(isWindowKey).find((name) => keysOf(name, changed).includes(combination)) ?? null
}

/** What a key press means while a mark is drawn. Shift is left to the caller: it makes steps fine or turns them round. */
export function drawingKeyOf(press: Pick<KeyPress, 'key'>, changed: ChangedKeys): DrawingKey | null {
  const combination = combinationOf({ ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, key: press.key })
  const names = KEY_NAMES.filter((name): name is DrawingKey => !isWindowKey(name))
  return names.find((name) => combination !== null && keysOf(name, changed).includes(combination)) ?? null
}

export type KeyFault = { kind: 'taken' } | { kind: 'single' } | { kind: 'used'; by: KeyName }

/** Why something cannot have a combination, or null where it can. */
export function keyFault(name: KeyName, combination: string, changed: ChangedKeys): KeyFault | null {
  if (TAKEN.has(combination)) return { kind: 'taken' }
  if (!isWindowKey(name) && /^(Ctrl|Alt|Shift)\+./.test(combination)) return { kind: 'single' }
  if (isWindowKey(name) && combination === 'Backspace') return { kind: 'taken' }
  const by = KEY_NAMES.find((other) => other !== name && keysOf(other, changed).includes(combination))
  return by === undefined ? null : { kind: 'used', by }
}

/** The changes with one more; a combination that is the usual one again is no change. */
export function withKey(changed: ChangedKeys, name: KeyName, combination: string | null): Record<string, string> {
  const rest = Object.entries(changed).filter(([other]) => other !== name)
  const isUsual = combination === null || (DEFAULTS[name].length === 1 && DEFAULTS[name][0] === combination)
  return Object.fromEntries(isUsual ? rest : [...rest, [name, combination]])
}

/** What a person changed, where keys are read outside of React; `useShortcuts` keeps it as the settings say. */
export const useKeys = create<{ changed: ChangedKeys }>()(() => ({ changed: {} }))
