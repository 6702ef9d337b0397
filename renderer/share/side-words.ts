import type { TFunction } from 'i18next'
import type { ItemEntry } from '#core/checklist/result.ts'
import type { ConflictView } from '#core/contract/share-procedures.ts'
import type { FindingStatus, Severity } from '#core/review/finding.ts'
import { STATUS_WORDS, WITHDRAWN_WORD } from '#core/review/words.ts'
import { SEVERITY_WORDS } from '#core/memo/words.ts'
import { ENTITY_WORDS } from '#core/share/receipt.ts'
import type { Lang } from '#core/text.ts'

const NAMED = ['text', 'action', 'severity', 'item', 'status', 'withdrawn', 'evidence', 'mark', 'exists', '*'] as const

/** What a conflict is about: "意见 12 · 问题", "A04 · 评分与理由". */
export function conflictName({ entity, name, member }: ConflictView, t: TFunction, lang: Lang): string {
  const kind = ENTITY_WORDS[entity][lang]
  const subject = entity === 'finding' ? t('share.finding', { name }) : entity === 'item_entry' ? name : `${kind} ${name}`
  const part = NAMED.find((one) => one === member) ?? 'other'
  const isDecision = part === '*' && entity !== 'item_entry'
  return `${subject} · ${isDecision ? kind : t(`share.member_${part}`)}`
}

/** One side in the reader's words; what a person wrote stays as it was written. */
export function sideWords({ entity, member, sides }: ConflictView, at: number, t: TFunction, lang: Lang): string[] {
  const value = sides[at]?.value
  if (member === 'exists') return [t(value === true ? 'share.kept' : 'share.removed')]
  if (value === undefined || value === null || value === '') return [t('share.none')]
  if (entity === 'item_entry') return decisionWords(value as ItemEntry, t)
  if (member === 'severity') return [SEVERITY_WORDS[value as Severity][lang]]
  if (member === 'status') return [STATUS_WORDS[value as FindingStatus][lang]]
  if (member === 'evidence') return [t('share.features', { count: (value as unknown[]).length })]
  if (member === 'mark') return [t('share.drawn')]
  if (member === 'withdrawn') return [value === true ? WITHDRAWN_WORD[lang] : t('share.kept')]
  return [typeof value === 'string' ? value : JSON.stringify(value)]
}

function decisionWords({ level, notApplicable, reason }: ItemEntry, t: TFunction): string[] {
  const first = notApplicable ? t('share.notApplicable') : level === null ? '–' : t('share.level', { level })
  return [first, reason]
}
