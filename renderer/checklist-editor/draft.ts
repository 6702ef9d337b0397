import type { Checklist, ChecklistItem } from '#core/checklist/schema.ts'
import { without } from '#core/without.ts'

/** A version in the making, and the one that it came from. */
export interface ChecklistDraft {
  base: string
  checklist: Checklist
}

const KEY = 'greenprint.checklist-draft.'

/** The draft that was left the last time, or null; what cannot be read is no draft. */
export function keptDraft(checklistId: string): ChecklistDraft | null {
  const text = localStorage.getItem(KEY + checklistId)
  if (text === null) return null
  try {
    const found = JSON.parse(text) as Partial<ChecklistDraft>
    return typeof found.base === 'string' && Array.isArray(found.checklist?.items) ? (found as ChecklistDraft) : null
  } catch {
    return null
  }
}

/** Keeps a draft over a restart; null forgets it. */
export function keepDraft(checklistId: string, draft: ChecklistDraft | null): void {
  if (draft === null) localStorage.removeItem(KEY + checklistId)
  else localStorage.setItem(KEY + checklistId, JSON.stringify(draft))
}

/** The first free "1.1.0-1", "1.1.0-2" … after a version. */
export function nextVersion(base: string, taken: readonly string[]): string {
  const stem = base.replace(/-\d+$/, '')
  for (let n = 1; ; n++) if (!taken.includes(`${stem}-${n}`)) return `${stem}-${n}`
}

/** Weights are written with two decimals at most: binary dust must not keep a sum from being 100. */
export const tidy = (weight: number) => Math.round(weight * 100) / 100
/** What several things weigh together. */
export const sumOf = (items: readonly Pick<ChecklistItem, 'weight'>[]) => tidy(items.reduce((sum, { weight }) => sum + weight, 0))

export interface WeightSum {
  dimension: Checklist['dimensions'][number]
  sum: number
  isRight: boolean
}

/** What the items of each dimension weigh, beside what the dimension says; the whole should be 100. */
export function weightSums({ dimensions, items }: Checklist): { dimensions: WeightSum[]; total: number } {
  const sums = dimensions.map((dimension) => {
    const sum = sumOf(items.filter((item) => item.dimension === dimension.id))
    return { dimension, sum, isRight: sum === tidy(dimension.weight) }
  })
  return { dimensions: sums, total: sumOf(items) }
}

/**
 * Gives the other items of a dimension what is left of its weight, each in proportion to what it had; `kept` stays as it is. What
 * rounding leaves goes to the heaviest. Unchanged where nothing would be left for them.
 */
export function spreadRest(checklist: Checklist, dimensionId: string, kept: string | null): Checklist {
  const dimension = checklist.dimensions.find(({ id }) => id === dimensionId)
  const own = checklist.items.filter((item) => item.dimension === dimensionId)
  const others = own.filter(({ id }) => id !== kept)
  const had = sumOf(others)
  const left = tidy((dimension?.weight ?? 0) - sumOf(own.filter(({ id }) => id === kept)))
  if (dimension === undefined || others.length === 0 || left < 0.01 * others.length) return checklist
  const share = (weight: number) => Math.max(0.01, tidy(had > 0 ? (weight * left) / had : left / others.length))
  const weights = new Map(others.map(({ id, weight }) => [id, share(weight)]))
  const heaviest = others.toSorted((a, b) => (weights.get(b.id) ?? 0) - (weights.get(a.id) ?? 0))[0]
  const given = tidy([...weights.values()].reduce((sum, weight) => sum + weight, 0))
  if (heaviest) weights.set(heaviest.id, tidy((weights.get(heaviest.id) ?? 0) + left - given))
  return { ...checklist, items: checklist.items.map((item) => ({ ...item, weight: weights.get(item.id) ?? item.weight })) }
}

/** The checklist with one item changed; an empty list of test cases is none at all. */
export const changeItem = (checklist: Checklist, id: string, change: Partial<ChecklistItem>): Checklist => ({
  ...checklist,
  items: checklist.items.map((item) => {
    if (item.id !== id) return item
    const next = { ...item, ...change }
    return next.tests?.length === 0 ? without(next, 'tests') : next
  }),
})

export const removeItem = (checklist: Checklist, id: string): Checklist => ({
  ...checklist,
  items: checklist.items.filter((item) => item.id !== id),
})

/** A new last item of a dimension, with words to be written over; all cities and plan levels, judged by a reviewer. */
export function addItem(checklist: Checklist, dimensionId: string): { checklist: Checklist; id: string } {
  const numbers = checklist.items.flatMap(({ id }) => (id.startsWith(dimensionId) ? [Number(id.slice(1))] : []))
  const letter = /^[A-Z]$/.test(dimensionId) ? dimensionId : 'Z'
  const id = `${letter}${String(Math.max(0, ...numbers) + 1).padStart(2, '0')}`
  const words = (zh: string, en: string) => ({ zh, en })
  const source = words('本单位规定', 'Rule of this office')
  const item: ChecklistItem = {
    id,
    dimension: dimensionId,
    title: words('新条目', 'New item'),
    question: words('请写明要问的问题', 'Write the question here'),
    evidence: ['document'],
    formula: words('按落实深度逐级判定', 'Judged step by step by depth'),
    unit: 'level',
    weight: 1,
    gate: false,
    applies: {
      cities: ['super', 'mega', 'large', 'medium', 'small', 'shrinking'],
      planLevels: ['master', 'special', 'unit', 'parcel'],
    },
    seed: [],
    anchor: { text: words('本单位规定', 'Rule of this office'), source: 'design', certainty: 'unverified' },
    levels: [0, 1, 2, 3, 4].map((level) => ({
      level,
      text: words(`${level} 级的标准`, `What level ${level} asks for`),
      source,
      certainty: 'unverified' as const,
    })),
    rule: null,
    needs: ['document'],
  }
  const last = checklist.items.findLastIndex((other) => other.dimension === dimensionId)
  return { id, checklist: { ...checklist, items: checklist.items.toSpliced(last + 1 || checklist.items.length, 0, item) } }
}

/** Where a fault of `checklists.check` stands: the item, and the place inside it. */
export function placeOf({ items }: Checklist, path: string): { item: string | null; inside: string } {
  const found = /^items\[(\d+)\]\.?(.*)$/.exec(path)
  const item = items[Number(found?.[1] ?? -1)]
  return item === undefined ? { item: null, inside: path } : { item: item.id, inside: found?.[2] ?? '' }
}
