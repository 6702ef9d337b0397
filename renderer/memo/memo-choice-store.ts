import { create } from 'zustand'
import { MEMO_LANGS, memoOptionsSchema, type MemoLang, type MemoOptions } from '#core/memo/memo-options.ts'

const REMEMBERED = 'greenprint-memo-options'

interface MemoChoiceState {
  options: MemoOptions
  /** Null: the language of the screen. */
  lang: MemoLang | null
  /** The plan's data travel inside: asked anew each time, they are large. */
  withPlan: boolean
  setWithPlan: (withPlan: boolean) => void
  setOptions: (options: MemoOptions) => void
  setLang: (lang: MemoLang) => void
}

/** What was kept, or nothing of it where it was written by hand or by another version. */
export function rememberedChoice(kept: string | null): Pick<MemoChoiceState, 'options' | 'lang'> {
  const fresh = { options: {}, lang: null }
  if (kept === null) return fresh
  try {
    const value = JSON.parse(kept) as { options?: unknown; lang?: unknown } | null
    const options = memoOptionsSchema.safeParse(value?.options)
    return { options: options.success ? options.data : {}, lang: MEMO_LANGS.find((lang) => lang === value?.lang) ?? null }
  } catch {
    return fresh
  }
}

/** Parts without words are left out, so that they count as not chosen. */
export const withoutBlanks = (options: MemoOptions): MemoOptions =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined && value !== ''))

/** How this office sends its memos; remembered on this machine from memo to memo. */
export const useMemoChoice = create<MemoChoiceState>()((set, get) => {
  const keep = (change: Partial<Pick<MemoChoiceState, 'options' | 'lang'>>) => {
    set(change)
    const { options, lang } = get()
    globalThis.localStorage?.setItem(REMEMBERED, JSON.stringify({ options, lang }))
  }
  return {
    ...rememberedChoice(globalThis.localStorage?.getItem(REMEMBERED) ?? null),
    withPlan: false,
    setWithPlan: (withPlan) => set({ withPlan }),
    setOptions: (options) => keep({ options: withoutBlanks(options) }),
    setLang: (lang) => keep({ lang }),
  }
})
