import type { ReviewResult } from '../model/result.ts'
import type { Lang } from '../text.ts'

/** The plan's name in the reader's language; the other one where only that is known. */
export const planName = ({ plan }: ReviewResult, lang: Lang): string => (lang === 'zh' ? (plan.nameZh ?? plan.name) : plan.name)
