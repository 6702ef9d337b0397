/** Wedges are judged by N02; rings and other corridors by N04. */
export type GapKind = 'wedge' | 'corridor'

const LETTERS: Readonly<Record<GapKind, string>> = { wedge: 'W', corridor: 'C' }

/**
 * The name of a gap on maps, cards and in tables: W and its row in N02's table of gaps, or C and its row in N04's table of stretches,
 * so that one name never means two places.
 */
export const gapLabel = (kind: GapKind, row: number): string => `${LETTERS[kind]}${row}`
