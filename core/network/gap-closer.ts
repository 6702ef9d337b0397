import type { HabitatGraph } from './connectivity.ts'
import { linkGains, type CandidateLink } from './link-gains.ts'

/** A break in the network that could be mended: two patches, and how much ground lies between them. */
export interface Gap extends CandidateLink {
  /** Whether the plan itself draws a corridor here: what it promises comes before what would merely help. */
  isDesigned: boolean
}

/** What mending a gap would bring. */
export interface Mending<G extends Gap = Gap> {
  gap: G
  /** Added to Σ aᵢ aⱼ p*ᵢⱼ when one can walk over the gap as through a patch, m⁴; exact for this gap alone. */
  gain: number
  /** The same as a share of what there is now, and per metre to be mended. */
  share: number
  sharePerM: number
}

/**
 * Gaps by what mending them brings: those of designed corridors first, then by gain in PC per metre. A mended gap is a link without
 * length (p = 1), so that `connectivity` of the graph with that link equals PC plus the gain; area that is added with it
 * is left out.
 */
export function mendings<G extends Gap>(habitat: HabitatGraph, rate: number, gaps: readonly G[]): Mending<G>[] {
  const asked = gaps.map(({ from, to }) => ({ from, to, lengthM: 0 }))
  const gainOf = new Map(linkGains(habitat, rate, asked).map((found) => [`${found.from}/${found.to}`, found]))
  const found = gaps.map((gap): Mending<G> => {
    const { gain = 0, share = 0 } = gainOf.get(`${gap.from}/${gap.to}`) ?? {}
    return { gap, gain, share, sharePerM: gap.lengthM > 0 ? share / gap.lengthM : share }
  })
  return found.toSorted(
    (one, other) =>
      Number(other.gap.isDesigned) - Number(one.gap.isDesigned) ||
      other.sharePerM - one.sharePerM ||
      one.gap.from - other.gap.from ||
      one.gap.to - other.gap.to,
  )
}
