import type { RuleTest } from '#core/checklist/schema.ts'

type Details = NonNullable<RuleTest['details']>

/** Parts of a test case as they are typed: "exceeded=false, areaM2=1200". */
export const detailsText = (details: Details | undefined): string =>
  Object.entries(details ?? {})
    .map(([key, value]) => `${key}=${String(value)}`)
    .join(', ')

/** The inverse; null for nothing, undefined for what cannot be read. */
export function parseDetails(text: string): Details | null | undefined {
  const parts = text.split(/[,，、]/).flatMap((part) => (part.trim() === '' ? [] : [part.trim()]))
  if (parts.length === 0) return null
  const details: Details = {}
  for (const part of parts) {
    const [, key, typed] = /^([A-Za-z]\w*)\s*[=＝]\s*(true|false|null|[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.exec(part) ?? []
    if (key === undefined || typed === undefined) return undefined
    details[key] = typed === 'true' ? true : typed === 'false' ? false : typed === 'null' ? null : Number(typed)
  }
  return details
}
