import type { ReactNode } from 'react'
import { create } from 'zustand'

/** A short message that leaves by itself; `action` offers one way to answer it. */
export interface Toast {
  id: number
  tone: 'done' | 'error'
  text: ReactNode
  action?: { label: string; run: () => void }
}

/** A message that was said, to be read again. */
export interface SaidMessage extends Omit<Toast, 'action'> {
  at: string
  read: boolean
}

interface Toasts {
  toasts: readonly Toast[]
  /** Everything that was said in this window, newest first. */
  said: readonly SaidMessage[]
  add: (toast: Omit<Toast, 'id'>) => number
  /** `seen`: a person sent it away, which counts as read; else it left by itself. */
  dismiss: (id: number, seen?: boolean) => void
  markRead: () => void
}

const MOST_SAID = 100
let lastId = 0

/** Messages at the corner of the window, newest last, at most three; they stay readable in the list of messages. */
export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  said: [],
  add: (toast) => {
    const id = ++lastId
    const { tone, text } = toast
    set(({ toasts, said }) => ({
      toasts: [...toasts.slice(-2), { ...toast, id }],
      said: [{ id, tone, text, at: new Date().toISOString(), read: false }, ...said].slice(0, MOST_SAID),
    }))
    return id
  },
  dismiss: (id, seen = false) =>
    set(({ toasts, said }) => ({
      toasts: toasts.filter((toast) => toast.id !== id),
      said: seen ? said.map((message) => (message.id === id ? { ...message, read: true } : message)) : said,
    })),
  markRead: () => set(({ said }) => ({ said: said.map((message) => ({ ...message, read: true })) })),
}))

export const unreadCount = ({ said }: Pick<Toasts, 'said'>): number => said.filter(({ read }) => !read).length
