import { BYTE_MUTATORS } from './byte-mutators.ts'
import type { Mutator } from './mutator.ts'
import { PICTURE_MUTATORS } from './picture-mutators.ts'
import { oneOf, random } from './random.ts'
import type { Seed } from './seeds.ts'
import { STRUCTURE_MUTATORS } from './structure-mutators.ts'
import { TEXT_MUTATORS } from './text-mutators.ts'

export const MUTATORS: readonly Mutator[] = [...BYTE_MUTATORS, ...TEXT_MUTATORS, ...STRUCTURE_MUTATORS, ...PICTURE_MUTATORS]

export interface Mutant {
  /** Enough to make it again: format, its number, the seed and what was done. */
  name: string
  /** Relative path → content. */
  files: ReadonlyMap<string, Buffer>
  /** The file or folder to open, relative. */
  open: string
}

/** A damage that knows the format is as likely as one that does not. */
function mutatorFor(bytes: Buffer, pick: (below: number) => number): Mutator | undefined {
  const fitting = MUTATORS.filter((mutator) => mutator.applies(bytes))
  const knowing = fitting.filter((mutator) => !BYTE_MUTATORS.includes(mutator))
  const from = knowing.length > 0 && pick(2) === 0 ? knowing : fitting
  return from.length === 0 ? undefined : oneOf(pick, from)
}

/** Mutant `number` of a format: one of its seeds, one of the seed's files, damaged one to four times. Depends on nothing else. */
export function mutantOf(format: string, seeds: readonly Seed[], number: number): Mutant {
  const pick = random(number * 7919 + format.length)
  const seed = oneOf(pick, seeds)
  const names = [...seed.files.keys()]
  // Mostly the file that is opened; the others of its set too.
  const target = seed.files.has(seed.open) && pick(10) < 6 ? seed.open : oneOf(pick, names)
  const other = oneOf(pick, seeds)
  const otherBytes = other.files.get(other.open) ?? [...other.files.values()][0] ?? Buffer.alloc(0)
  let bytes = seed.files.get(target) ?? Buffer.alloc(0)
  const done: string[] = []
  for (let rounds = 1 + Math.min(pick(4), pick(4)); rounds > 0; rounds--) {
    const mutator = mutatorFor(bytes, pick)
    if (mutator === undefined) break
    bytes = mutator.mutate(bytes, pick, otherBytes)
    done.push(mutator.name)
  }
  return {
    name: `${format} #${number} (${seed.name}, ${target}: ${done.join(', ')})`,
    files: new Map(seed.files).set(target, bytes),
    open: seed.open,
  }
}
