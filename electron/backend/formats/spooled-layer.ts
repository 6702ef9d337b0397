import { AppError } from '#core/errors.ts'
import { bilingual } from '#core/text.ts'
import type { Note } from '#core/model/plan.ts'
import type { GeometryKind } from '#core/model/roles.ts'
import { FeatureSpool } from './feature-spool.ts'
import { FieldProfile } from './field-profile.ts'
import type { SourceFeature, SourceGeometry, SourceLayer, SourceValue } from './format.ts'
import { ExtentOf } from './geometry.ts'
import { Tally } from './tally.ts'

const MAX_FIELDS = 2000
const MAX_FEATURES = 5_000_000

type Extent = [number, number, number, number]

/** One geometry of a feature; a feature may have one per kind. `type` is the source's own word. */
export interface FoundGeometry {
  kind: GeometryKind
  type: string
  geometry: SourceGeometry | null
}

export interface SpooledLayerOptions {
  file: string
  layer: string | null
  stagingDir?: string | undefined
  /** What a stored value means, when the source writes everything as text ("30,0" → 30); decides types and is applied on reading. */
  interpret?: (value: SourceValue, field: string) => SourceValue
}

interface KindCount {
  types: Record<string, number>
  count: number
  extent: ExtentOf
  profiles: Map<string, FieldProfile>
}

/** Gathers the features of one named layer as they come, and hands them out as one source layer per kind of geometry. */
export class SpooledLayer {
  readonly tally = new Tally()
  readonly notes: Note[] = []
  readonly #options: SpooledLayerOptions
  readonly #spool: FeatureSpool
  /** Where each field stands in a spooled feature. */
  readonly #places = new Map<string, number>()
  #declared: readonly string[] = []
  readonly #kinds = new Map<GeometryKind | null, KindCount>()
  readonly #all = new ExtentOf()
  #features = 0

  constructor(options: SpooledLayerOptions) {
    this.#options = options
    this.#spool = new FeatureSpool(options.stagingDir)
  }

  get features(): number {
    return this.#features
  }

  get extent(): Extent | null {
    return this.#all.value
  }

  /** Declares fields in their order, so that they are there even when every value is empty. */
  declare(names: readonly string[]): void {
    this.#declared = names
    for (const name of names) this.#place(name)
  }

  #limit(zh: string, en: string, limit: number): AppError {
    const { file, layer } = this.#options
    return new AppError('import.limit', { file, layer, what: bilingual(zh, en), limit })
  }

  #place(name: string): number {
    const known = this.#places.get(name)
    if (known !== undefined) return known
    if (this.#places.size >= MAX_FIELDS) throw this.#limit('字段数', 'fields', MAX_FIELDS)
    const place = this.#places.size
    this.#places.set(name, place)
    return place
  }

  #kind(kind: GeometryKind | null): KindCount {
    const known = this.#kinds.get(kind)
    if (known) return known
    const profiles = new Map(this.#declared.map((name) => [name, new FieldProfile(name)]))
    const made = { types: {}, count: 0, extent: new ExtentOf(), profiles }
    this.#kinds.set(kind, made)
    return made
  }

  /** Counts one feature of a kind and looks at its values. */
  #count(kind: GeometryKind | null, properties: ReadonlyMap<string, SourceValue>): KindCount {
    const { interpret } = this.#options
    const part = this.#kind(kind)
    part.count++
    for (const [name, value] of properties) {
      const profile = part.profiles.get(name) ?? new FieldProfile(name)
      part.profiles.set(name, profile)
      profile.add(interpret ? interpret(value, name) : value)
    }
    return part
  }

  /** One feature; without any geometry it is counted as having none. @throws AppError `import.limit` */
  add(row: number, found: readonly FoundGeometry[], properties: Iterable<readonly [string, SourceValue]>): void {
    if (++this.#features > MAX_FEATURES) throw this.#limit('要素数', 'features', MAX_FEATURES)
    const named = new Map(properties)
    const values: SourceValue[] = []
    for (const [name, value] of named) {
      const place = this.#place(name)
      while (values.length < place) values.push(null)
      values[place] = value
    }
    if (found.length === 0) {
      this.#count(null, named)
      this.#spool.add({ row, kind: null, geometry: null, values })
    }
    for (const { kind, type, geometry } of found) {
      const part = this.#count(kind, named)
      part.types[type] = (part.types[type] ?? 0) + 1
      if (geometry) {
        part.extent.addGeometry(geometry)
        this.#all.addGeometry(geometry)
      }
      this.#spool.add({ row, kind, geometry, values })
    }
  }

  /** Notes a feature without geometry; separate from `add`, since some sources count such rows in words of their own. */
  withoutGeometry(row: number): void {
    this.tally.withoutGeometry++
    this.tally.remember('withoutGeometry', row)
  }

  *#read(
    kind: GeometryKind | null,
    takesRest: boolean,
    profiles: readonly FieldProfile[],
    withGeometry = true,
  ): Generator<SourceFeature> {
    const { interpret } = this.#options
    const places = profiles.map(({ name }) => this.#place(name))
    for (const { row, kind: own, geometry, values } of this.#spool.read(withGeometry)) {
      if (own !== kind && !(takesRest && own === null)) continue
      yield {
        row,
        geometry,
        values: profiles.map((profile, index) => {
          const value = values[places[index] ?? -1] ?? null
          return interpret && profile.type !== 'text' ? interpret(value, profile.name) : profile.conform(value)
        }),
      }
    }
  }

  /** Fields of one kind; those of rows without geometry come with the first. */
  #profilesOf(part: KindCount, rest: KindCount | undefined): FieldProfile[] {
    for (const [name, profile] of rest?.profiles ?? []) {
      const known = part.profiles.get(name) ?? new FieldProfile(name)
      part.profiles.set(name, known)
      known.merge(profile)
    }
    return [...part.profiles.values()]
  }

  /** The layers of what was gathered, most features first; rows without geometry belong to the first. To be called once. */
  toLayers(shared: Pick<SourceLayer, 'crs' | 'encoding'>): SourceLayer[] {
    const rest = this.#kinds.get(null)
    const kinds: (GeometryKind | null)[] = [...this.#kinds.keys()]
      .filter((kind) => kind !== null)
      .toSorted((a, b) => this.#kind(b).count - this.#kind(a).count)
    const ofRest = kinds.length === 0 ? undefined : rest
    if (kinds.length === 0) kinds.push(null)
    const notes = [...this.notes, ...this.tally.notes()]
    return kinds.map((kind, index) => {
      const part = this.#kind(kind)
      const profiles = this.#profilesOf(part, index === 0 ? ofRest : undefined)
      return {
        layer: this.#options.layer,
        kind,
        geometryTypes: part.types,
        count: part.count + (index === 0 ? (ofRest?.count ?? 0) : 0),
        extent: part.extent.value,
        fields: profiles.map((profile) => profile.toField()),
        ...shared,
        notes: index === 0 ? notes : [],
        features: () => this.#read(kind, index === 0, profiles),
        rows: () => this.#read(kind, index === 0, profiles, false),
      }
    })
  }

  close(): void {
    this.#spool.close()
  }
}
