import { ASK_BELOW, type Inspection, type InspectedLayer } from '../model/inspection.ts'
import { CRS_CODE, manifestSchema, type CityKind, type Manifest, type ManifestLayer, type PlanLevel } from '../model/manifest.ts'
import { roleInfo, type Role } from '../model/roles.ts'
import type { AppliedFix } from './fixes.ts'

/** What the reviewer has said about one layer found in the files. */
export interface LayerDraft {
  found: InspectedLayer
  /** null: not answered yet; 'leave-out': seen, and not wanted. */
  role: Role | 'leave-out' | null
  crs: string
  encoding: string
  fields: Record<string, string>
  /** Source value → code, only for values that were not recognised. */
  classes: Record<string, string>
  where: ManifestLayer['where']
  /** The file gives north before east: both are exchanged when it is read. */
  swapAxes: boolean
  /** Name of the saved mapping profile that was applied, or null. */
  profile: string | null
  /** Fixes in the order in which they were chosen, each with what it replaced. */
  applied: readonly AppliedFix[]
  /** Guesses that were too unsure to be taken silently and have been looked at. */
  confirmed: { role: boolean; crs: boolean; encoding: boolean; fields: boolean }
}

export interface PlanDraft {
  name: string
  nameZh: string
  city: string
  cityKind: CityKind | null
  population: string
  populationYear: string
  planLevel: PlanLevel
  baseYear: string
  targetYear: string
}

export interface ImportDraft {
  plan: PlanDraft
  layers: LayerDraft[]
  /** Parts of a manifest that this dialog does not edit and must not lose. */
  kept: Pick<Manifest, 'parameters' | 'quotas' | 'entries' | 'crs' | 'datumShift' | 'sheets'>
  /** A manifest lay among the files: its word goes before any profile's. */
  fromManifest: boolean
}

/** What still keeps a layer from being imported. */
export type LayerQuestion =
  'role' | 'crs' | 'encoding' | 'fields' | 'confirm-role' | 'confirm-crs' | 'confirm-encoding' | 'confirm-fields'
export type PlanQuestion = 'name' | 'city' | 'population' | 'populationYear' | 'baseYear' | 'targetYear'

const EMPTY_PLAN: PlanDraft = {
  name: '',
  nameZh: '',
  city: '',
  cityKind: null,
  population: '',
  populationYear: '',
  planLevel: 'master',
  baseYear: '',
  targetYear: '',
}

const text = (value: string | number | null | undefined): string => (value === null || value === undefined ? '' : String(value))

const planOf = (manifest: Manifest): PlanDraft => ({
  name: manifest.name,
  nameZh: text(manifest.nameZh),
  city: text(manifest.city?.name),
  cityKind: manifest.city?.kind ?? null,
  population: text(manifest.city?.population),
  populationYear: text(manifest.city?.populationYear),
  planLevel: manifest.planLevel ?? 'master',
  baseYear: text(manifest.baseYear),
  targetYear: text(manifest.targetYear),
})

const sameFile = (named: string, found: string) => named.replace(/^\.\//, '') === found || found.endsWith(`/${named}`)

/** The manifest's lines for a layer that was found: by path, and by layer where the path is a container. */
const linesFor = (manifest: Manifest, { path, layer }: InspectedLayer): ManifestLayer[] =>
  manifest.layers.filter((line) => sameFile(line.path, path) && (!line.layer || line.layer === layer))

const sure = (confidence: number) => confidence >= ASK_BELOW

function guessed(found: InspectedLayer): LayerDraft {
  return {
    found,
    role: found.role.value,
    crs: found.crs.value ?? '',
    encoding: found.encoding.value ?? '',
    fields: { ...found.fields.value },
    classes: {},
    where: null,
    swapAxes: false,
    profile: null,
    applied: [],
    confirmed: {
      role: sure(found.role.confidence),
      crs: sure(found.crs.confidence),
      encoding: sure(found.encoding.confidence),
      fields: sure(found.fields.confidence),
    },
  }
}

/** What a person has written down counts as looked at. */
const fromLine = (found: InspectedLayer, line: ManifestLayer, manifest: Manifest): LayerDraft => {
  const guess = guessed(found)
  const crs = line.crs ?? manifest.crs
  return {
    ...guess,
    role: line.role,
    crs: crs ?? guess.crs,
    encoding: line.encoding ?? guess.encoding,
    fields: { ...guess.fields, ...line.fields },
    classes: { ...line.classes },
    where: line.where,
    swapAxes: line.swapAxes === true,
    confirmed: {
      role: true,
      crs: guess.confirmed.crs || Boolean(crs),
      encoding: guess.confirmed.encoding || Boolean(line.encoding),
      fields: true,
    },
  }
}

/** The first state of the dialog: what was found, guessed where that is safe, and as the manifest says where there is one. */
export function importDraft({ files, manifest }: Inspection): ImportDraft {
  const found = files.flatMap(({ layers }) => layers)
  if (!manifest) return { plan: EMPTY_PLAN, layers: found.map(guessed), kept: {}, fromManifest: false }
  const { parameters, quotas, entries, crs, datumShift, sheets } = manifest
  const layers = found.flatMap((layer): LayerDraft[] => {
    const lines = linesFor(manifest, layer)
    return lines.length > 0 ? lines.map((line) => fromLine(layer, line, manifest)) : [{ ...guessed(layer), role: 'leave-out' }]
  })
  return { plan: planOf(manifest), layers, kept: { parameters, quotas, entries, crs, datumShift, sheets }, fromManifest: true }
}

/** Full-width digits count, grouping commas and blanks do not. */
const plainNumber = (typed: string): string =>
  typed.replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0)).replace(/[\s,，]/g, '')

const yearOf = (typed: string): number | null | undefined => {
  const plain = plainNumber(typed)
  if (plain === '') return null
  const year = Number(plain)
  return /^\d{4}$/.test(plain) && year >= 1900 && year <= 2200 ? year : undefined
}

const populationOf = (typed: string): number | null | undefined => {
  const plain = plainNumber(typed)
  if (plain === '') return null
  return /^\d+(\.\d+)?$/.test(plain) && Number(plain) > 0 ? Number(plain) : undefined
}

/** Attributes without which the role cannot be used. */
export const requiredFields = (role: Role): string[] =>
  Object.entries(roleInfo(role).fields).flatMap(([name, field]) => (field.required ? [name] : []))

/** What the reviewer must still say about a layer; none for a layer that is left out. */
export function layerQuestions(layer: LayerDraft): LayerQuestion[] {
  const { role, crs, encoding, fields, confirmed, found } = layer
  if (role === 'leave-out') return []
  if (role === null) return ['role']
  const questions: LayerQuestion[] = []
  if (!confirmed.role) questions.push('confirm-role')
  if (found.kind !== null) {
    if (!CRS_CODE.test(crs)) questions.push('crs')
    else if (!confirmed.crs) questions.push('confirm-crs')
  }
  if (found.encoding.value !== null || encoding !== '') {
    if (encoding === '') questions.push('encoding')
    else if (!confirmed.encoding) questions.push('confirm-encoding')
  }
  if (requiredFields(role).some((name) => !fields[name])) questions.push('fields')
  else if (!confirmed.fields && Object.keys(fields).length > 0) questions.push('confirm-fields')
  return questions
}

/** Facts about a city belong to a named one. */
const hasCityFacts = ({ cityKind, population, populationYear }: PlanDraft) =>
  cityKind !== null || population.trim() !== '' || populationYear.trim() !== ''

/** What is wrong with the form about the plan. */
export function planQuestions(plan: PlanDraft): PlanQuestion[] {
  const questions: PlanQuestion[] = []
  if (plan.name.trim() === '' && plan.nameZh.trim() === '') questions.push('name')
  if (plan.city.trim() === '' && hasCityFacts(plan)) questions.push('city')
  if (populationOf(plan.population) === undefined) questions.push('population')
  if (yearOf(plan.populationYear) === undefined) questions.push('populationYear')
  if (yearOf(plan.baseYear) === undefined) questions.push('baseYear')
  if (yearOf(plan.targetYear) === undefined) questions.push('targetYear')
  return questions
}

const filled = (record: Record<string, string>): Record<string, string> | null => {
  const entries = Object.entries(record).filter(([, value]) => value !== '')
  return entries.length > 0 ? Object.fromEntries(entries) : null
}

function manifestLayer({ found, role, crs, encoding, fields, classes, where, swapAxes }: LayerDraft): unknown[] {
  if (role === null || role === 'leave-out') return []
  const known = roleInfo(role).fields
  const mapped = Object.fromEntries(Object.entries(fields).filter(([name]) => Object.hasOwn(known, name)))
  return [
    {
      role,
      path: found.path,
      layer: found.layer,
      crs: crs || null,
      encoding: encoding || null,
      where: where ?? null,
      ...(swapAxes ? { swapAxes } : {}),
      fields: filled(mapped),
      classes: filled(classes),
    },
  ]
}

/** The manifest that the dialog stands for; null while it is not complete. */
export function draftManifest({ plan, layers, kept }: ImportDraft): Manifest | null {
  const name = plan.name.trim() || plan.nameZh.trim()
  const city = plan.city.trim()
  const candidate = manifestSchema.safeParse({
    greenprint: 'plan-manifest/1',
    name,
    nameZh: plan.nameZh.trim() || null,
    city:
      city === ''
        ? null
        : {
            name: city,
            kind: plan.cityKind,
            population: populationOf(plan.population) ?? null,
            populationYear: yearOf(plan.populationYear) ?? null,
          },
    planLevel: plan.planLevel,
    baseYear: yearOf(plan.baseYear) ?? null,
    targetYear: yearOf(plan.targetYear) ?? null,
    layers: layers.flatMap(manifestLayer),
    ...kept,
  })
  return candidate.success ? candidate.data : null
}
