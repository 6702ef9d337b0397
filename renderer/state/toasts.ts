import type { ReactNode } from 'react'
import { create } from 'zustand'

/** A short message that leaves by itself; `action` offers one way to answer it. */
export interface Toast {
  id: number
  tone: 'done' | 'error'
  text: ReactNode
  action?: { label: string; run: () => void }
}

interface Toasts {
  toasts: readonly Toast[]
  add: (toast: Omit<Toast, 'id'>) => number
  dismiss: (id: number) => void
}

let lastId = 0

/** Messages at the corner of the window, newest last, at most three. */
export const useToasts = create<Toasts>()((set) => ({
  toasts: [],
  add: (toast) => {
    const id = ++lastId
    set(({ toasts }) => ({ toasts: [...toasts.slice(-2), { ...toast, id }] }))
    return id
  },
  dismiss: (id) => set(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) })),
}))
