import { bilingual, type Bilingual } from '../text.ts'
import type { Guess, SourceField } from '../model/inspection.ts'
import { ROLE_IDS, roleInfo, type LayerKind, type Role } from '../model/roles.ts'
import { landClassShare } from './land-class-content.ts'
import { presetConfidence, presetFor } from './layer-presets.ts'
import { holdsInOrder, isHan, wordsOf } from './words.ts'

/** Words that say a land-use layer shows today's state, whatever else its name says. */
const BASE_WORDS = ['BASE', 'BASELINE', 'CURRENT', 'EXISTING', 'JQ', 'XZ', 'JQYDYH', 'XZYDYH', '现状', '基期']
const PLAN_WORDS = ['PLAN', 'PLANNED', 'GH', '规划']
/** A code inside a longer run of letters ("ZXCQGHYDYH" holds GHYDYH) only counts from this length. */
const SHORTEST_PART = 4
/** How strong a name is that stands in another as whole words; as part of a word it is less. */
const WHOLE_WORDS = 0.7
/** A field holds land-use classes when most of its samples do. */
const MOST = 0.7

interface Match {
  role: Role
  /** The name from the table of roles that was found. */
  found: string
  strength: number
}

/** How strongly one of a role's names is found in a layer's name: whole, as words, or as part of a word. */
function strengthOf(layerName: string, words: readonly string[], name: string): number {
  if (words.join('_') === name) return 0.9
  if (isHan(name)) return layerName.includes(name) ? 0.75 : 0
  const parts = name.split('_')
  if (holdsInOrder(words, parts)) return WHOLE_WORDS + 0.01 * Math.min(name.length, 10) + 0.02 * (parts.length - 1)
  const inWord = name.length >= SHORTEST_PART && words.some((word) => word.startsWith(name) || word.endsWith(name))
  return inWord ? 0.6 + 0.01 * Math.min(name.length, 9) : 0
}

function bestByName(layerName: string, kind: LayerKind | null): Match | null {
  const words = wordsOf(layerName)
  let best: Match | null = null
  for (const role of ROLE_IDS) {
    const info = roleInfo(role)
    if (kind !== null && !info.kinds.includes(kind)) continue
    for (const found of info.names) {
      const strength = strengthOf(layerName, words, found)
      if (strength > 0 && (best === null || strength > best.strength)) best = { role, found, strength }
    }
  }
  return best
}

const says = (name: string, vocabulary: readonly string[]): boolean => {
  const words = wordsOf(name)
  return vocabulary.some((word) => words.includes(word) || (isHan(word) && name.includes(word)))
}

/** Land use is base or plan: the words around it decide, and without any the plan is meant. */
function landUseRole(name: string, folder: string): Role {
  if (says(name, BASE_WORDS)) return 'landuse_base'
  return says(name, PLAN_WORDS) || !says(folder, BASE_WORDS) ? 'landuse_plan' : 'landuse_base'
}

const guess = (value: Role | null, confidence: number, reason: Bilingual): Guess<Role | null> => ({ value, confidence, reason })

function byContent(
  kind: LayerKind | null,
  fields: readonly SourceField[],
  name: string,
  folder: string,
): Guess<Role | null> | null {
  if (kind !== 'polygon') return null
  const field = fields.find((candidate) => landClassShare(candidate) >= MOST)
  if (!field) return null
  const role = landUseRole(name, folder)
  const certain = says(name, BASE_WORDS) || says(name, PLAN_WORDS)
  return guess(
    role,
    certain ? 0.75 : 0.55,
    certain
      ? bilingual(
          `字段“${field.name}”的值为用地分类，名称表明其状态`,
          `the values of “${field.name}” are land-use classes and the name tells their state`,
        )
      : bilingual(
          `字段“${field.name}”的值为用地分类；现状还是规划请确认`,
          `the values of “${field.name}” are land-use classes; please confirm whether today's or planned`,
        ),
  )
}

/** The conventions of plan databases say more than words that merely occur in a name. */
function byPreset(name: string, kind: LayerKind): Guess<Role | null> | null {
  const preset = presetFor(wordsOf(name))
  if (!preset || !roleInfo(preset.role).kinds.includes(kind)) return null
  const remark = preset.remark ? { zh: `（${preset.remark.zh}）`, en: ` (${preset.remark.en})` } : { zh: '', en: '' }
  return guess(
    preset.role,
    presetConfidence(preset),
    bilingual(
      `按数据库规范，“${name}”为${preset.zh}${remark.zh}${preset.role === 'other' ? '，仅显示' : ''}`,
      `by the conventions of plan databases “${name}” is ${preset.en.toLowerCase()}${remark.en}${preset.role === 'other' ? ', shown only' : ''}`,
    ),
  )
}

/** Words of a file's name, without its folders and extension. */
const stemOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.[^.]*$/, '')

/**
 * The role a layer probably plays: by its name (or its file's), then by what its attributes hold. A role that cannot have this
 * kind of geometry is never proposed; null when nothing suggests one.
 */
export function guessRole(
  layerName: string | null,
  path: string,
  kind: LayerKind | null,
  fields: readonly SourceField[],
): Guess<Role | null> {
  if (kind === null) return guess(null, 0.9, bilingual('没有几何，不能作为图层', 'it has no geometry, so it cannot be a layer'))
  const folder = path.split('/').slice(0, -1).join('/')
  const name = layerName ?? stemOf(path)
  const preset = byPreset(name, kind) ?? (layerName === null ? null : byPreset(stemOf(path), kind))
  if (preset) return preset
  const direct = bestByName(name, kind)
  const match = direct ?? (layerName === null ? null : bestByName(stemOf(path), kind))
  if (!match)
    return (
      byContent(kind, fields, name, folder) ??
      guess(null, 0, bilingual('名称和属性都看不出用途，请选择', 'neither name nor attributes suggest a role: please choose'))
    )
  const isLandUse = match.role === 'landuse_plan' || match.role === 'landuse_base'
  // "projected" is not "project": a part of a word says less than a column full of land-use classes.
  const content = match.strength < WHOLE_WORDS && !isLandUse ? byContent(kind, fields, name, folder) : null
  if (content) return content
  const role = isLandUse && match.found.includes('LANDUSE') ? landUseRole(name, folder) : match.role
  const confidence = direct ? match.strength : match.strength - 0.1
  return guess(
    role,
    Math.min(0.95, confidence),
    bilingual(
      `名称“${name}”含“${match.found}”，通常为${roleInfo(role).title.zh}`,
      `“${match.found}” in the name “${name}” usually means ${roleInfo(role).title.en.toLowerCase()}`,
    ),
  )
}
