import { create } from 'zustand'

/** Each wish to hear what the map shows; a new number is a new wish. */
export const useMapWords = create<{ asked: number }>()(() => ({ asked: 0 }))

export const describeMapNow = (): void => useMapWords.setState(({ asked }) => ({ asked: asked + 1 }))
