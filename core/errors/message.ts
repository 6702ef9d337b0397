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

interface Place {
  layer?: string | null
  row?: number | null
}

/** “图层“道路”第 12 行”, as far as it is known. */
export const placeZh = (p: Place): string => `${p.layer ? `图层“${p.layer}”` : ''}${p.row ? `第 ${p.row} 行` : ''}`

/** ", layer “roads”, row 12", as far as it is known. */
export const placeEn = (p: Place): string => `${p.layer ? `, layer “${p.layer}”` : ''}${p.row ? `, row ${p.row}` : ''}`
