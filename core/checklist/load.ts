import { AppError } from '../errors.ts'
import { isLayerNeed } from '../reference/layer-needs.ts'
import { checklistSchema, type Checklist, type ChecklistItem, type LevelRule } from './schema.ts'

interface Problem {
  path: string
  problem: string
}

const WEIGHT_TOLERANCE = 1e-9
const differs = (a: number, b: number): boolean => Math.abs(a - b) > WEIGHT_TOLERANCE
const total = (weights: readonly { weight: number }[]): number => weights.reduce((sum, { weight }) => sum + weight, 0)

function duplicates(ids: readonly string[], path: string): Problem[] {
  const seen = new Set<string>()
  return ids.flatMap((id, i) => {
    if (seen.has(id)) return [{ path: `${path}[${i}].id`, problem: `duplicate id "${id}"` }]
    seen.add(id)
    return []
  })
}

function checkWeights({ dimensions, items }: Checklist): Problem[] {
  const sum = total(items)
  const problems = differs(sum, 100) ? [{ path: 'items[].weight', problem: `weights sum to ${sum}, not 100` }] : []
  for (const [i, { id, weight }] of dimensions.entries()) {
    const own = total(items.filter(({ dimension }) => dimension === id))
    if (differs(own, weight))
      problems.push({ path: `dimensions[${i}].weight`, problem: `says ${weight}, but the items of ${id} sum to ${own}` })
  }
  return problems
}

function checkRule(rule: LevelRule, path: string): Problem[] {
  if (rule.kind === 'cases') {
    return rule.cases.flatMap(({ all }, i) =>
      all.flatMap(({ is, than }, j) => {
        const needsNumber = !['true', 'false', 'absent'].includes(is)
        if (needsNumber === (than !== undefined)) return []
        return [
          {
            path: `${path}.cases[${i}].all[${j}].than`,
            problem: needsNumber ? `"${is}" needs a number` : `"${is}" takes no number`,
          },
        ]
      }),
    )
  }
  const sign = rule.better === 'higher' ? 1 : -1
  const given = rule.edges.flatMap((edge, i) => (edge === null ? [] : [{ edge: sign * edge, level: i + 1 }]))
  if (given.length === 0) return [{ path: `${path}.edges`, problem: 'holds no edge' }]
  return given.flatMap(({ edge, level }, i) => {
    const before = given[i - 1]
    if (before === undefined || edge > before.edge) return []
    // Two levels may share a number when only the upper one excludes it: "≤ 0" and then "< 0".
    const stricter = edge === before.edge && rule.open.includes(level) && !rule.open.includes(before.level)
    return stricter
      ? []
      : [{ path: `${path}.edges[${level - 1}]`, problem: `edges must ${sign === 1 ? 'rise' : 'fall'} from level 1 to 4` }]
  })
}

function checkItem(item: ChecklistItem, i: number, checklist: Checklist): Problem[] {
  const path = `items[${i}]`
  const problems: Problem[] = []
  if (!checklist.dimensions.some(({ id }) => id === item.dimension)) {
    problems.push({ path: `${path}.dimension`, problem: `there is no dimension "${item.dimension}"` })
  }
  if (item.levels.some(({ level }, at) => level !== at)) {
    problems.push({ path: `${path}.levels`, problem: 'levels 0 to 4 must each appear once, in order' })
  }
  for (const [at, need] of item.needs.entries()) {
    if (!isLayerNeed(need)) problems.push({ path: `${path}.needs[${at}]`, problem: `unknown kind of data "${need}"` })
  }
  return item.rule === null ? problems : [...problems, ...checkRule(item.rule, `${path}.rule`)]
}

function checkOpinions({ opinions, gateOpinion, notJudged }: Checklist): Problem[] {
  const problems = duplicates(
    [...opinions, notJudged].map(({ id }) => id),
    'opinions',
  )
  if (!opinions.some(({ id }) => id === gateOpinion))
    problems.push({ path: 'gateOpinion', problem: `there is no opinion "${gateOpinion}"` })
  const bands = opinions.flatMap(({ min }) => (min === null ? [] : [min]))
  if (bands.some((min, i) => i > 0 && min >= (bands[i - 1] ?? Infinity)))
    problems.push({ path: 'opinions[].min', problem: 'bands must fall from best to worst' })
  if (bands.at(-1) !== 0) problems.push({ path: 'opinions[].min', problem: 'the last band must start at 0' })
  return problems
}

const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`),
    '',
  ) || '(root)'

/**
 * A checklist file as data that scoring can rely on: shape, unique ids, levels 0–4, weights (100 in all and per dimension),
 * falling bands, rising edges, known dimensions, opinions and kinds of data.
 * @param json the parsed file; @param fileName only for the error's sentence.
 * @throws AppError `checklist.invalid` naming the first wrong place and what is wrong there.
 */
export function parseChecklist(json: unknown, fileName: string): Checklist {
  const parsed = checklistSchema.safeParse(json)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new AppError('checklist.invalid', {
      file: fileName,
      path: pathText(issue?.path ?? []),
      problem: issue?.message ?? 'not a checklist',
    })
  }
  const checklist = parsed.data
  const [problem] = [
    ...duplicates(
      checklist.dimensions.map(({ id }) => id),
      'dimensions',
    ),
    ...duplicates(
      checklist.items.map(({ id }) => id),
      'items',
    ),
    ...checklist.items.flatMap((item, i) => checkItem(item, i, checklist)),
    ...checkWeights(checklist),
    ...checkOpinions(checklist),
  ]
  if (problem !== undefined) throw new AppError('checklist.invalid', { file: fileName, ...problem })
  return checklist
}
