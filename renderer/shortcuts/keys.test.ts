import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  capsOf,
  combinationOf,
  drawingKeyOf,
  KEY_NAMES,
  keyFault,
  keysOf,
  shortcutOf,
  withKey,
  type ChangedKeys,
} from './keys.ts'

const pressOf = (keys: string) => {
  const parts = keys.split('+')
  const has = (name: string) => parts.slice(0, -1).includes(name)
  return { key: parts.at(-1) ?? '', ctrlKey: has('Ctrl'), metaKey: has('Meta'), shiftKey: has('Shift'), altKey: has('Alt') }
}
const press = (keys: string, writing = false, changed: ChangedKeys = {}) => shortcutOf(pressOf(keys), writing, changed)

describe('keys of the window', () => {
  it.each([
    ['Ctrl+z', 'undo'],
    ['Meta+z', 'undo'],
    ['Ctrl+y', 'redo'],
    ['Ctrl+Shift+Z', 'redo'],
    ['Ctrl+s', 'save'],
    ['Ctrl+p', 'memo'],
    ['F1', 'help'],
    ['F6', 'panels'],
    ['Shift+?', 'help'],
    ['Escape', 'escape'],
    ['Alt+ArrowDown', 'nextItem'],
    ['Alt+ArrowUp', 'previousItem'],
    ['Alt+t', 'results'],
    ['c', 'comment'],
  ])('%s means %s', (keys, name) => expect(press(keys)).toBe(name))

  it('leaves undo, redo, letters and ? to a text field', () => {
    expect(['Ctrl+z', 'Ctrl+y', 'Ctrl+Shift+Z', 'Shift+?', 'c'].map((keys) => press(keys, true))).toEqual(Array(5).fill(null))
    expect(['Ctrl+s', 'F1', 'Alt+t'].map((keys) => press(keys, true))).toEqual(['save', 'help', 'results'])
  })
  it('takes no other letter and no key of the browser', () => {
    const others = ['a', 'z', 'Ctrl+c', 'Ctrl+v', 'Alt+z', 'F5', 'Tab', 'Control', 'Process', 's', 'Backspace']
    expect(others.map((keys) => press(keys))).toEqual(Array(others.length).fill(null))
  })
})

describe('a key that a person changed', () => {
  it.each(KEY_NAMES)('%s: the new one does it and the old one no more', (name) => {
    const combination = name in { setPlace: 1, lastPlace: 1, snap: 1, nextPlace: 1 } ? 'K' : 'Ctrl+Shift+K'
    const [usual = ''] = keysOf(name, {})
    const changed = withKey({}, name, combination)
    // The map asks for its own keys only where neither Ctrl nor Alt is held.
    const means = (keys: string) =>
      press(keys, false, changed) ?? (keys.includes('+') ? null : drawingKeyOf(pressOf(keys === 'Space' ? ' ' : keys), changed))
    expect(means(combination)).toBe(name)
    expect(means(usual)).toBeNull()
    expect(keysOf(name, changed)).toEqual([combination])
    expect(withKey(changed, name, null)).toEqual({})
  })

  it('back to the only usual one is no change at all', () => {
    expect(withKey({ comment: 'M' }, 'comment', 'C')).toEqual({})
    expect(withKey({ help: 'F2' }, 'help', 'F1')).toEqual({ help: 'F1' })
  })

  it('is refused where something else has it, or every text field or browser does', () => {
    expect(keyFault('comment', 'S', {})).toEqual({ kind: 'used', by: 'snap' })
    expect(keyFault('comment', 'S', { snap: 'X' })).toBeNull()
    expect(keyFault('comment', 'C', {})).toBeNull()
    expect(['Enter', 'Tab', 'Ctrl+C', 'F5', 'ArrowUp'].map((keys) => keyFault('undo', keys, {})?.kind)).toEqual(
      Array(5).fill('taken'),
    )
    expect(keyFault('snap', 'Ctrl+K', {})).toEqual({ kind: 'single' })
  })

  it('never leaves two things on one key, whatever is tried', () => {
    const key = fc.constantFrom('A', 'C', 'S', 'N', 'Ctrl+Z', 'Ctrl+K', 'Alt+T', 'F1', 'F6', '?', 'Space', 'Backspace')
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...KEY_NAMES), key), { maxLength: 30 }), (tries) => {
        let changed: Record<string, string> = {}
        for (const [name, combination] of tries)
          if (keyFault(name, combination, changed) === null) changed = withKey(changed, name, combination)
        const all = KEY_NAMES.flatMap((name) => keysOf(name, changed))
        expect(new Set(all).size).toBe(all.length)
      }),
    )
  })

  it('is written as it is pressed and drawn in caps', () => {
    expect(combinationOf(pressOf('Ctrl+Shift+z'))).toBe('Ctrl+Shift+Z')
    expect(combinationOf({ ...pressOf('Shift+?'), key: '?' })).toBe('?')
    expect(combinationOf({ ...pressOf('Control'), ctrlKey: true })).toBeNull()
    expect(capsOf('Alt+ArrowDown')).toEqual(['Alt', '↓'])
    expect(capsOf('Ctrl++')).toEqual(['Ctrl', '+'])
  })
})
