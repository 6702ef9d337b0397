import { MEMO_KINDS, type MemoKindId } from '../memo/memo-kinds.ts'

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)

const patterns = MEMO_KINDS.flatMap(({ id, heading }) =>
  [heading.zh, heading.en].map((words) => ({
    id,
    pattern: new RegExp(`^${words.split('{name}').map(escaped).join('.+')}`, 'u'),
  })),
)

/** Which kind a memo is, by the title that it calls itself; null where that is none of ours. A bilingual title begins with the Chinese one. */
export const kindOfTitle = (title: string): MemoKindId | null =>
  patterns.find(({ pattern }) => pattern.test(title.trim()))?.id ?? null
