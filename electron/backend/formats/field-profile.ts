import type { SourceField } from '#core/model/inspection.ts'
import type { FieldType } from '#core/model/roles.ts'
import type { SourceValue } from './format.ts'

const MAX_SAMPLES = 5
const MAX_SAMPLE_LENGTH = 80

/** What one attribute turned out to hold: its type is decided by its values, not by what a header claims. */
export class FieldProfile {
  readonly name: string
  #seen: Set<FieldType> = new Set()
  /** Kept beside them: it is asked for each value of a column. */
  #type: FieldType = 'text'
  #samples = new Set<string>()

  constructor(name: string) {
    this.name = name
  }

  add(value: SourceValue): void {
    if (value === null || value === '') return
    this.#saw(typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'text')
    if (this.#samples.size < MAX_SAMPLES) this.#samples.add(String(value).slice(0, MAX_SAMPLE_LENGTH))
  }

  /** True when nothing is left to learn from more values of the one type that was seen. */
  get isSettled(): boolean {
    return this.#samples.size === MAX_SAMPLES
  }

  /** Takes in what another profile of the same attribute saw. */
  merge(other: FieldProfile): void {
    for (const type of other.#seen) this.#saw(type)
    for (const sample of other.#samples) if (this.#samples.size < MAX_SAMPLES) this.#samples.add(sample)
  }

  get type(): FieldType {
    return this.#type
  }

  #saw(type: FieldType): void {
    this.#seen.add(type)
    this.#type = this.#seen.size === 1 ? type : 'text'
  }

  /** A value in this attribute's type: mixed attributes are text. */
  conform(value: SourceValue): SourceValue {
    return value !== null && this.#type === 'text' ? String(value) : value
  }

  toField(): SourceField {
    return { name: this.name, type: this.type, samples: [...this.#samples] }
  }
}
