import type { WindowPanel } from '#core/windows/address.ts'
import { readMessage, type WindowMessage } from './messages.ts'
import type { SharedPart } from './shared-stores.ts'

type Without<T> = T extends WindowMessage ? Omit<T, 'greenprint' | 'pair' | 'from'> : never
export type Said = Without<WindowMessage>

/** So long a new window waits to be told what the other knows. */
const SETTLE_MS = 1500

/** What this needs of a BroadcastChannel. */
export interface ChannelLike {
  postMessage(message: unknown): void
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void
  close(): void
}

export interface LinkHouse {
  channel: ChannelLike
  pair: string
  /** In the second window: what it shows. Null in the first. */
  panel: WindowPanel | null
  parts: readonly SharedPart[]
  /** Hears everything that is not settled here. */
  heard: (message: WindowMessage) => void
  /** A line for the log: a message that was not understood. */
  log: (line: string) => void
}

export interface WindowLink {
  say: (said: Said) => void
  close: () => void
}

/**
 * One desk in two windows: what changes in a shared part of one is taken over by the other, and never said back. A second window that begins
 * asks for everything; a first window that was loaded anew asks who is there, and is told everything.
 */
export function linkWindows({ channel, pair, panel, parts, heard, log }: LinkHouse): WindowLink {
  const from = panel === null ? 'first' : 'second'
  let isTaking = false
  /** Parts of which the other window's state is known, or was waited for: a screen that is only being set up overwrites nothing. */
  const settled = new Set<string>()
  const patience = setTimeout(() => parts.forEach(({ name }) => settled.add(name)), SETTLE_MS)
  const say = (said: Said) => channel.postMessage({ greenprint: 'windows/1', pair, from, ...said })
  const tell = ({ name, read }: SharedPart) => say({ kind: 'shared', name, value: read() })
  const tellAll = () => parts.forEach(tell)
  const unhear = parts.map((part) => part.onChange(() => isTaking || !settled.has(part.name) || tell(part)))
  channel.addEventListener('message', ({ data }) => {
    const read = readMessage(data, pair)
    if ('ignored' in read) {
      if (read.ignored !== null) log(`a message of another window was not understood: ${read.ignored}`)
      return
    }
    const { message } = read
    if (message.from === from) return
    if (message.kind === 'shared') {
      isTaking = true
      settled.add(message.name)
      try {
        parts.find(({ name }) => name === message.name)?.take(message.value)
      } finally {
        isTaking = false
      }
    } else if (message.kind === 'who' && panel !== null) {
      say({ kind: 'here', panel, isNew: false })
      tellAll()
    } else {
      if (message.kind === 'here' && message.isNew) {
        tellAll()
        for (const { name } of parts) settled.add(name)
      }
      heard(message)
    }
  })
  say(panel === null ? { kind: 'who' } : { kind: 'here', panel, isNew: true })
  return {
    say,
    close() {
      clearTimeout(patience)
      for (const stop of unhear) stop()
      channel.close()
    },
  }
}
