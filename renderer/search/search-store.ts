import { create } from 'zustand'

/** Whether the search for everything is open. */
export const useSearch = create<{ isOpen: boolean; open: (isOpen: boolean) => void }>()((set) => ({
  isOpen: false,
  open: (isOpen) => set({ isOpen }),
}))
