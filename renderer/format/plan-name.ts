import type { Lang } from '#core/text.ts'

/** A plan's name in the reader's language, the other one where there is only that. */
export const planName = (plan: { name: string; nameZh: string | null }, lang: Lang): string =>
  lang === 'zh' ? (plan.nameZh ?? plan.name) : plan.name
