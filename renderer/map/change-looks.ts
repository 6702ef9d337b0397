/** What an option did to a feature, as the map and its legend tell them apart: by line as well as by colour. */
export const CHANGE_KINDS = ['recoded', 'attributes', 'reshaped', 'drawn', 'deleted'] as const
export type ChangeKind = (typeof CHANGE_KINDS)[number]

export interface ChangeLook {
  stroke: string
  dash: readonly number[] | null
  /** Where the feature has no colour of its own. */
  fill: string
  hatch: 'none' | 'cross'
}

/** On paper-white in both themes, like everything on the map. */
export const CHANGE_LOOKS: Readonly<Record<ChangeKind, ChangeLook>> = {
  recoded: { stroke: '#6A1B9A', dash: null, fill: '#6A1B9A33', hatch: 'none' },
  attributes: { stroke: '#6A1B9A', dash: [2, 5], fill: '#6A1B9A22', hatch: 'none' },
  reshaped: { stroke: '#A04A00', dash: [9, 5], fill: '#A04A0022', hatch: 'none' },
  drawn: { stroke: '#00574B', dash: [14, 4], fill: '#00897B40', hatch: 'none' },
  deleted: { stroke: '#B3261E', dash: [4, 4], fill: '#FFFFFFB0', hatch: 'cross' },
}
