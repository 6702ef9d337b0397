import type { Attachment, OnLink, Source } from './attach.ts'

/**
 * Where one owner steps onto a network: link, share and metres off it of each place, one after the other. A large city has half a
 * million such places: as objects they would be most of what the collector of memory has to walk through after every edit.
 */
export type Gates = Float64Array

const WIDTH = 3

/** Nobody's gates. */
export const NO_GATES: Gates = new Float64Array(0)

/** Packs places on a network in their order. */
export function packedGates(places: readonly Attachment[]): Gates {
  if (places.length === 0) return NO_GATES
  const gates = new Float64Array(WIDTH * places.length)
  for (const [at, { link, share, offM }] of places.entries()) gates.set([link, share, offM], WIDTH * at)
  return gates
}

/** The sources of an owner, in the order in which they were packed. */
export function sourcesAt(gates: Gates, owner: number): Source[] {
  const sources: Source[] = []
  for (let at = 0; at < gates.length; at += WIDTH) {
    sources.push({ at: { link: gates[at] ?? 0, share: gates[at + 1] ?? 0, offM: gates[at + 2] ?? 0 }, owner })
  }
  return sources
}

/** Sources by the link that they stand on, as `byLink` has them, without an object for each. */
export class PackedByLink implements OnLink {
  readonly #offset: Uint32Array
  readonly #share: Float64Array
  readonly #offM: Float64Array
  readonly #owner: Uint32Array

  /** `links` is how many the network has. */
  constructor(sources: readonly Source[], links: number) {
    this.#offset = new Uint32Array(links + 1)
    this.#share = new Float64Array(sources.length)
    this.#offM = new Float64Array(sources.length)
    this.#owner = new Uint32Array(sources.length)
    for (const { at } of sources) this.#offset[at.link + 1] = (this.#offset[at.link + 1] ?? 0) + 1
    for (let link = 0; link < links; link += 1) {
      this.#offset[link + 1] = (this.#offset[link + 1] ?? 0) + (this.#offset[link] ?? 0)
    }
    const next = this.#offset.slice()
    for (const { at, owner } of sources) {
      const place = next[at.link] ?? 0
      next[at.link] = place + 1
      this.#share[place] = at.share
      this.#offM[place] = at.offM
      this.#owner[place] = owner
    }
  }

  get(link: number): readonly Source[] | undefined {
    const [first, end] = [this.#offset[link] ?? 0, this.#offset[link + 1] ?? 0]
    if (first === end) return undefined
    const sources: Source[] = []
    for (let at = first; at < end; at += 1) {
      sources.push({
        at: { link, share: this.#share[at] ?? 0, offM: this.#offM[at] ?? 0 },
        owner: this.#owner[at] ?? 0,
      })
    }
    return sources
  }
}
