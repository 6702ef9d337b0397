/** A section in the list: whether the memo has it, in the order in which it would stand. */
export interface ListedSection {
  id: string
  isChosen: boolean
}

/** What is chosen in its order, then every other section there is. */
export function listedSections(all: readonly string[], chosen: readonly string[]): ListedSection[] {
  const known = chosen.filter((id) => all.includes(id))
  return [
    ...known.map((id) => ({ id, isChosen: true })),
    ...all.filter((id) => !known.includes(id)).map((id) => ({ id, isChosen: false })),
  ]
}

/** Takes a section in at the end, or out. The last one stays: a memo of nothing is none. */
export function toggled(chosen: readonly string[], id: string): string[] {
  if (!chosen.includes(id)) return [...chosen, id]
  return chosen.length === 1 ? [...chosen] : chosen.filter((one) => one !== id)
}

/** Moves a chosen section by one place; at the end of the list nothing happens. */
export function moved(chosen: readonly string[], id: string, by: -1 | 1): string[] {
  const at = chosen.indexOf(id)
  const to = at + by
  if (at < 0 || to < 0 || to >= chosen.length) return [...chosen]
  const next = [...chosen]
  next.splice(at, 1)
  next.splice(to, 0, id)
  return next
}
