import { bilingual } from '../text.ts'
import type { Guess, SourceField } from '../model/inspection.ts'
import { roleInfo, type Role, type RoleField } from '../model/roles.ts'
import { landClassShare } from './land-class-content.ts'
import { presetFieldRank } from './layer-presets.ts'
import { holdsInOrder, wordsOf } from './words.ts'

/** Shapefiles cut field names after ten bytes. */
const CUT_LENGTH = 10
const MOST = 0.7

const simple = (name: string): string =>
  name
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '')

const looksNumeric = (field: SourceField): boolean =>
  field.type === 'number' ||
  (field.samples.length > 0 && field.samples.every((sample) => /^-?\d+([.,]\d+)?$/.test(sample.trim())))

/** An attribute of numbers cannot come from words; empty columns may hold anything. */
const typeFits = (wanted: RoleField, field: SourceField): boolean =>
  wanted.type !== 'number' || field.samples.length === 0 || looksNumeric(field)

/** How well a source field's name means this attribute, 0..1; earlier aliases are the more usual ones. */
function nameScore(wanted: RoleField, field: SourceField, preset: ReturnType<typeof presetFieldRank>): number {
  let best = preset ? preset.confidence + 0.02 - 0.005 * preset.rank : 0
  for (const [index, alias] of wanted.aliases.entries()) {
    const rank = 0.01 * Math.min(index, 9)
    const [own, other] = [simple(field.name), simple(alias)]
    if (own === other) best = Math.max(best, 0.95 - rank)
    else if (field.name.length >= CUT_LENGTH - 1 && other.startsWith(own)) best = Math.max(best, 0.8 - rank)
    else if (alias.length >= 3 && holdsInOrder(wordsOf(field.name), alias.split('_'))) best = Math.max(best, 0.65 - rank)
  }
  return best
}

/** The class attribute is told by its values more surely than by its name. */
function classScore(field: SourceField, byName: number): number {
  const share = landClassShare(field)
  if (byName > 0) return byName * (share >= MOST ? 1 : 0.85)
  return share >= MOST ? 0.7 : 0
}

interface Pair {
  attribute: string
  field: string
  score: number
}

function candidates(role: Role, sourceFields: readonly SourceField[]): Pair[] {
  const pairs: Pair[] = []
  for (const [attribute, wanted] of Object.entries<RoleField>(roleInfo(role).fields)) {
    for (const field of sourceFields) {
      if (!typeFits(wanted, field)) continue
      const byName = nameScore(wanted, field, presetFieldRank(role, attribute, field.name.toUpperCase()))
      const score = attribute === 'class' ? classScore(field, byName) : byName
      if (score > 0) pairs.push({ attribute, field: field.name, score })
    }
  }
  return pairs.toSorted((a, b) => b.score - a.score)
}

/**
 * Our attribute → source field, best pairs first, each used once. Confidence is that of the weakest required attribute;
 * a missing required attribute leaves the reviewer to choose.
 */
export function guessFields(role: Role, sourceFields: readonly SourceField[]): Guess<Record<string, string>> {
  const chosen = new Map<string, Pair>()
  const used = new Set<string>()
  for (const pair of candidates(role, sourceFields)) {
    if (chosen.has(pair.attribute) || used.has(pair.field)) continue
    chosen.set(pair.attribute, pair)
    used.add(pair.field)
  }
  const value = Object.fromEntries([...chosen].map(([attribute, { field }]) => [attribute, field]))
  const required = Object.entries<RoleField>(roleInfo(role).fields).filter(([, field]) => field.required)
  const missing = required.filter(([attribute]) => !chosen.has(attribute))
  if (missing.length > 0) {
    const list = (lang: 'zh' | 'en', separator: string): string => missing.map(([, field]) => field.title[lang]).join(separator)
    return {
      value,
      confidence: 0.2,
      reason: bilingual(
        `没有找到必需的属性：${list('zh', '、')}，请选择字段`,
        `required attributes were not found: ${list('en', ', ')}; please choose the field`,
      ),
    }
  }
  const decisive =
    required.length > 0
      ? required.map(([attribute]) => chosen.get(attribute)?.score ?? 0)
      : [...chosen.values()].map(({ score }) => score)
  const confidence = decisive.length === 0 ? 0.9 : Math.min(...decisive)
  const pairs = [...chosen.values()].map(({ attribute, field }) => `${field} → ${attribute}`).join(', ')
  return {
    value,
    confidence,
    reason:
      pairs === ''
        ? bilingual('没有可对应的字段，该用途也不需要', 'no field corresponds, and the role needs none')
        : bilingual(`按字段名和内容对应：${pairs}`, `matched by field names and values: ${pairs}`),
  }
}
