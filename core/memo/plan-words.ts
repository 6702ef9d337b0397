import type { ReviewResult } from '../model/result.ts'
import type { Lang } from '../text.ts'

/** The plan's name in the reader's language; the other one where only that is known. */
export const planName = ({ plan }: ReviewResult, lang: Lang): string => (lang === 'zh' ? (plan.nameZh ?? plan.name) : plan.name)

/** What the memo is called: 关于《…》绿色低碳国土空间格局专项审查意见. */
export function memoTitle(result: ReviewResult, lang: Lang): string {
  const name = planName(result, lang)
  return lang === 'zh'
    ? `关于《${name.replaceAll(/[《》]/g, '')}》绿色低碳国土空间格局专项审查意见`
    : `Review opinion on the green and low-carbon spatial pattern of “${name}”`
}
