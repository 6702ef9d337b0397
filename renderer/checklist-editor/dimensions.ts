import type { Checklist } from '#core/checklist/schema.ts'
import { addItem, changeItem, spreadRest, sumOf, tidy } from './draft.ts'

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** Points that a new dimension asks for at first. */
const FIRST_WEIGHT = 5

/** A letter that no dimension and no item begins with; null where all are used. */
export function freeLetter({ dimensions, items }: Checklist): string | null {
  const used = new Set([...dimensions, ...items].map(({ id }) => id.slice(0, 1)))
  return LETTERS.split('').find((letter) => !used.has(letter)) ?? null
}

/** The checklist with a new last dimension of one item; unchanged where no letter is left for it. */
export function addDimension(checklist: Checklist): { checklist: Checklist; id: string } | null {
  const id = freeLetter(checklist)
  if (id === null) return null
  const dimension = { id, title: { zh: '新维度', en: 'New dimension' }, weight: FIRST_WEIGHT }
  const added = addItem({ ...checklist, dimensions: [...checklist.dimensions, dimension] }, id)
  return { checklist: changeItem(added.checklist, added.id, { weight: FIRST_WEIGHT }), id }
}

/** The checklist without a dimension and its items. */
export const removeDimension = ({ dimensions, items, ...rest }: Checklist, id: string): Checklist => ({
  ...rest,
  dimensions: dimensions.filter((dimension) => dimension.id !== id),
  items: items.filter((item) => item.dimension !== id),
})

/** The checklist with a dimension and its items one place up (-1) or down (1); unchanged where it cannot go further. */
export function moveDimension(checklist: Checklist, id: string, by: -1 | 1): Checklist {
  const { dimensions, items } = checklist
  const at = dimensions.findIndex((dimension) => dimension.id === id)
  const [own, other] = [dimensions[at], dimensions[at + by]]
  if (own === undefined || other === undefined) return checklist
  const moved = dimensions.with(at, other).with(at + by, own)
  const place = new Map(moved.map((dimension, index) => [dimension.id, index]))
  const placeOf = (dimensionId: string) => place.get(dimensionId) ?? moved.length
  return { ...checklist, dimensions: moved, items: items.toSorted((a, b) => placeOf(a.dimension) - placeOf(b.dimension)) }
}

/**
 * Makes the weights of all dimensions sum to 100, each in proportion to what it has, and the items follow their dimension. What
 * rounding leaves goes to the heaviest.
 */
export function balance(checklist: Checklist): Checklist {
  const had = sumOf(checklist.dimensions)
  const shares = checklist.dimensions.map(({ weight }) => Math.max(0.01, tidy((weight * 100) / had)))
  const heaviest = shares.indexOf(Math.max(...shares))
  const left = tidy(100 - shares.reduce((sum, share) => sum + share, 0))
  const dimensions = checklist.dimensions.map((dimension, at) => ({
    ...dimension,
    weight: tidy((shares[at] ?? 0) + (at === heaviest ? left : 0)),
  }))
  return dimensions.reduce<Checklist>((now, { id }) => spreadRest(now, id, null), { ...checklist, dimensions })
}
