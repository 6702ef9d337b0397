/** What `pop` answers when nothing waits. */
export const NOTHING = -1

/**
 * A queue of whole numbers by distance for searches whose steps have a longest length: a ring of stacks, each `width` wide
 * (R. B. Dial, Communications of the ACM 12, 1969). `pop` takes from the nearest stack that is not empty, in no order within
 * it: a search that corrects what it finds is exact for any width.
 */
export class BucketQueue {
  #stacks: number[][]
  #width: number
  #at: number
  #waiting = 0

  /** `first` is the least distance that will be pushed; no push may be more than `reach` beyond the distance last popped. */
  constructor(width: number, reach: number, first = 0) {
    this.#width = width
    this.#stacks = Array.from({ length: Math.ceil(reach / width) + 2 }, () => [])
    this.#at = Math.floor(first / width)
  }

  push(distance: number, value: number): void {
    this.#stacks[Math.floor(distance / this.#width) % this.#stacks.length]?.push(value)
    this.#waiting += 1
  }

  pop(): number {
    if (this.#waiting === 0) return NOTHING
    let stack = this.#stacks[this.#at % this.#stacks.length]
    while (stack && stack.length === 0) {
      this.#at += 1
      stack = this.#stacks[this.#at % this.#stacks.length]
    }
    this.#waiting -= 1
    return stack?.pop() ?? NOTHING
  }
}
