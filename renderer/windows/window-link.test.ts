import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { create } from 'zustand'
import { featureSet, NO_FEATURES } from '#core/attributes/feature-set.ts'
import { readMessage, SHARED, type WindowMessage } from './messages.ts'
import type { SharedPart } from './shared-stores.ts'
import { linkWindows, type ChannelLike } from './window-link.ts'

const PAIR_NAME = 'pair-0123456789'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Windows of one browser: what one says all others hear, copied as a channel copies. */
function browser() {
  const heardBy = new Set<{ own: ChannelLike; hear: (event: { data: unknown }) => void }>()
  return (): ChannelLike => {
    const own: ChannelLike = {
      postMessage(message) {
        const data: unknown = structuredClone(message)
        for (const one of heardBy) if (one.own !== own) one.hear({ data })
      },
      addEventListener: (_type, hear) => void heardBy.add({ own, hear }),
      close: () => heardBy.forEach((one) => one.own === own && heardBy.delete(one)),
    }
    return own
  }
}

const table = {
  planId: 'p',
  layerId: 'l',
  where: '',
  isOnlySelected: false,
  selection: new Map([['l', NO_FEATURES]]),
  row: null,
  zoom: 0,
}
type Table = typeof table

/** A window with a table of its own. */
function desk(channel: ChannelLike, panel: 'map' | null, pair = PAIR_NAME) {
  const store = create<Table>()(() => table)
  const heard: WindowMessage[] = []
  const log: string[] = []
  const told = vi.fn<() => void>()
  const part: SharedPart = {
    name: 'table',
    read: () => (told(), store.getState()),
    take: (value) => store.setState(value as Table),
    onChange: (changed) => store.subscribe(changed),
  }
  const link = linkWindows({
    channel,
    pair,
    panel,
    parts: [part],
    heard: (message) => heard.push(message),
    log: (line) => log.push(line),
  })
  return { store, heard, log, link, told }
}

describe('two windows of one desk', () => {
  it('follow each other both ways, without an echo; the second begins with what the first knows', () => {
    const join = browser()
    const first = desk(join(), null)
    const chosen = new Map([['l', featureSet([7, 9, 200_000])]])
    first.store.setState({ where: 'area > 2', selection: chosen })
    const second = desk(join(), 'map')
    expect(second.store.getState()).toMatchObject({ where: 'area > 2', selection: chosen })
    expect(first.heard.map(({ kind }) => kind)).toEqual(['here'])
    first.told.mockClear()
    second.store.setState({ zoom: 3 })
    expect(first.store.getState().zoom).toBe(3)
    expect(first.told).not.toHaveBeenCalled()
    first.store.setState({ where: '' })
    expect(second.store.getState().where).toBe('')
  })

  it('keep what they know when the first is loaded anew: a screen that is only being set up overwrites nothing', () => {
    const join = browser()
    const before = desk(join(), null)
    const second = desk(join(), 'map')
    second.store.setState({ where: 'far > 1' })
    before.link.close()
    const own = join()
    const anew = desk(own, null)
    expect(anew.store.getState().where).toBe('far > 1')
    expect(anew.heard.map(({ kind }) => kind)).toEqual(['here'])
    // Alone, a new second window waits before it tells anything.
    const lonely = desk(browser()(), 'map')
    lonely.store.setState({ where: 'x' })
    expect(lonely.told).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1500)
    lonely.store.setState({ where: 'y' })
    expect(lonely.told).toHaveBeenCalledTimes(1)
  })

  it('listen to nobody else: another pair is passed over in silence, and what is not understood gets a line in the log', () => {
    const join = browser()
    const first = desk(join(), null)
    const stranger = desk(join(), 'map', 'other-0123456789')
    stranger.store.setState({ where: 'theirs' })
    expect([first.heard, first.log, first.store.getState().where]).toEqual([[], [], ''])
    const sender = join()
    const envelope = { greenprint: 'windows/1', pair: PAIR_NAME, from: 'second' }
    const hostile: unknown[] = [
      null,
      'hello',
      { ...envelope, kind: 'reboot' },
      { ...envelope, kind: 'close', also: 1 },
      { ...envelope, kind: 'shared', name: '__proto__', value: {} },
      { ...envelope, kind: 'shared', name: 'table', value: { ...table, where: 7 } },
      { ...envelope, kind: 'shared', name: 'table', value: { ...table, selection: new Map([['l', [1, 2]]]) } },
      { ...envelope, kind: 'sight', planId: 'p', centre: [Infinity, 0], metresPerPixel: 1 },
      { ...envelope, kind: 'plan', planId: '../../x' },
    ]
    for (const message of hostile) sender.postMessage(message)
    expect([first.heard, first.log.length, first.store.getState()]).toEqual([[], hostile.length, table])
    sender.postMessage({ ...envelope, kind: 'bye' })
    expect(first.heard.map(({ kind }) => kind)).toEqual(['bye'])
  })
})

describe('a message', () => {
  it('of every shared part is checked by its own schema', () => {
    const envelope = { greenprint: 'windows/1', pair: PAIR_NAME, from: 'first', kind: 'shared' }
    for (const name of Object.keys(SHARED))
      expect(readMessage({ ...envelope, name, value: { planted: 1 } }, PAIR_NAME)).toMatchObject({
        ignored: expect.stringContaining(name) as string,
      })
    const value = { isFollowing: false }
    expect(readMessage({ ...envelope, name: 'windows', value }, PAIR_NAME)).toMatchObject({ message: { name: 'windows', value } })
  })
})
