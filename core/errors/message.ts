import type { Lang } from '../text.ts'

/** What a person reads when something fails: what happened, why, and what to do next. */
export interface UserMessage {
  title: string
  cause: string
  next: string
}

/** Code → sentences in both languages; the function's parameter is what the code must be thrown with. */
export type MessageTable = Record<string, (params: never) => Record<Lang, UserMessage>>

/** Writes one entry of a table; `params` are typed at the definition. */
export const message = (zh: [string, string, string], en: [string, string, string]): Record<Lang, UserMessage> => ({
  zh: { title: zh[0], cause: zh[1], next: zh[2] },
  en: { title: en[0], cause: en[1], next: en[2] },
})
