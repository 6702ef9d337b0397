import type { InspectedLayer } from '../model/inspection.ts'
import type { MappingProfile, ProfileDraft, ProfileRule } from '../model/mapping-profile.ts'
import { roleInfo } from '../model/roles.ts'
import type { ImportDraft, LayerDraft } from './draft.ts'
import { requiredFields } from './draft.ts'

/** From this on the file itself says how it is written, and a profile does not overrule it. */
const SURE_ENCODING = 0.9

/** Name of a layer as profiles know it: in its container, or its file's without folders and extension. */
export const layerName = ({ layer, path }: Pick<InspectedLayer, 'layer' | 'path'>): string =>
  layer ?? (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '')

/** A pattern that fits next year's file too: runs of digits may differ. */
export const patternOf = (layer: Pick<InspectedLayer, 'layer' | 'path'>): string =>
  layerName(layer).replace(/\d+/g, '*').replace(/\*+/g, '*')

/** Whether a name fits a pattern; `*` is any run of characters. Linear time, whatever the pattern. */
export function fitsPattern(name: string, pattern: string): boolean {
  const text = name.normalize('NFKC').toLowerCase()
  const parts = pattern.normalize('NFKC').toLowerCase().split('*')
  const [first = '', ...rest] = parts
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}

/** A rule fits when name and kind do and every attribute that the role needs is where the rule says. */
function ruleFits(rule: ProfileRule, found: InspectedLayer): boolean {
  if (!fitsPattern(layerName(found), rule.pattern)) return false
  if (found.kind !== null && (rule.kind ?? found.kind) !== found.kind) return false
  if (found.kind !== null && !roleInfo(rule.role).kinds.includes(found.kind)) return false
  const names = new Set(found.sourceFields.map(({ name }) => name))
  return requiredFields(rule.role).every((attribute) => names.has(rule.fields[attribute] ?? ''))
}

const literalLength = ({ pattern }: ProfileRule): number => pattern.replaceAll('*', '').length

/** The rule for a layer: the most exact pattern; of equals that of the profile saved last. */
export function ruleFor(
  found: InspectedLayer,
  profiles: readonly MappingProfile[],
): { profile: MappingProfile; rule: ProfileRule } | null {
  const fitting = profiles
    .flatMap((profile) => profile.rules.filter((rule) => ruleFits(rule, found)).map((rule) => ({ profile, rule })))
    .toSorted((a, b) => literalLength(b.rule) - literalLength(a.rule) || (a.profile.at < b.profile.at ? 1 : -1))
  return fitting[0] ?? null
}

function applied(layer: LayerDraft, { profile, rule }: { profile: MappingProfile; rule: ProfileRule }): LayerDraft {
  const { found } = layer
  const names = new Set(found.sourceFields.map(({ name }) => name))
  const fields = Object.fromEntries(Object.entries(rule.fields).filter(([, source]) => names.has(source)))
  const open = new Set(found.classes.filter(({ code }) => code === null).map(({ source }) => source))
  const classes = Object.fromEntries(Object.entries(rule.classes).filter(([source]) => open.has(source)))
  const decodes = rule.encoding !== null && found.encoding.value !== null && found.encoding.confidence < SURE_ENCODING
  return {
    ...layer,
    role: rule.role,
    fields: { ...layer.fields, ...fields },
    classes: { ...layer.classes, ...classes },
    encoding: decodes ? (rule.encoding ?? layer.encoding) : layer.encoding,
    profile: profile.name,
    confirmed: { ...layer.confirmed, role: true, fields: true, encoding: layer.confirmed.encoding || decodes },
  }
}

/** Answers a draft from saved profiles where one fits; each layer says which. What a manifest says is left alone. */
export function applyProfiles(draft: ImportDraft, profiles: readonly MappingProfile[]): ImportDraft {
  if (draft.fromManifest) return draft
  const layers = draft.layers.map((layer) => {
    const rule = ruleFor(layer.found, profiles)
    return rule === null ? layer : applied(layer, rule)
  })
  return { ...draft, layers }
}

const filled = (record: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== ''))

/** The rules that a draft's answers amount to, one per layer that is used; patterns that would repeat are kept once. */
export function profileOf(name: string, layers: readonly LayerDraft[]): ProfileDraft {
  const rules = new Map<string, ProfileRule>()
  for (const { found, role, fields, classes, encoding } of layers) {
    if (role === null || role === 'leave-out') continue
    const known = roleInfo(role).fields
    const mapped = Object.fromEntries(Object.entries(filled(fields)).filter(([attribute]) => Object.hasOwn(known, attribute)))
    const pattern = patternOf(found)
    const rule = { pattern, kind: found.kind, role, encoding: encoding || null, fields: mapped, classes: filled(classes) }
    rules.set(`${pattern} ${found.kind}`, rule)
  }
  return { name, rules: [...rules.values()] }
}
