import { describe, expect, it } from 'vitest'
import { shortcutOf } from './use-shortcuts.ts'

const press = (keys: string, writing = false) => {
  const parts = keys.split('+')
  const has = (name: string) => parts.includes(name)
  return shortcutOf(
    { key: parts.at(-1) ?? '', ctrlKey: has('Ctrl'), metaKey: has('Meta'), shiftKey: has('Shift'), altKey: has('Alt') },
    writing,
  )
}

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
    expect(press('Ctrl+s', true)).toBe('save')
  })
  it('takes no other letter and no key of the browser', () => {
    expect(['a', 'z', 'Ctrl+c', 'Ctrl+v', 'Alt+z', 'F5', 'Tab'].map((keys) => press(keys))).toEqual(Array(7).fill(null))
  })
})
