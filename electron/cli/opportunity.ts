import { readFileSync } from 'node:fs'
import path from 'node:path'
import { TABLE_FORMATS } from '#core/contract/table-procedures.ts'
import type { PlanId } from '#core/model/ids.ts'
import {
  DEFAULT_CHOICE,
  opportunityChoiceSchema,
  SUGGESTED_WEIGHTS,
  type OpportunityChoice,
  type OpportunityWeighting,
} from '#core/opportunity/choice.ts'
import { CRITERION_IDS } from '#core/opportunity/criteria.ts'
import type { OpportunityReport } from '#core/opportunity/report.ts'
import { without } from '#core/without.ts'
import { choice, done, misuse, text, type Command, type Surroundings, type Values } from './command.ts'
import { formatOfFile, withPlan } from './plan-argument.ts'
import type { Session } from './session.ts'

/** "equal", "suggested", "stock=2,rail=3" (criteria that are not named count nothing), or a JSON file with comparisons in pairs. */
export function readWeighting(words: string): OpportunityWeighting {
  if (words === 'equal') return { kind: 'equal' }
  if (words === 'suggested') return { kind: 'own', weights: SUGGESTED_WEIGHTS }
  if (words.toLowerCase().endsWith('.json')) return { kind: 'compared', matrix: readMatrix(words) }
  const weights = Object.fromEntries(CRITERION_IDS.map((id) => [id, 0])) as typeof SUGGESTED_WEIGHTS
  for (const part of words.split(',')) {
    const [name = '', value = ''] = part.split('=').map((word) => word.trim())
    const id = CRITERION_IDS.find((one) => one === name)
    if (id === undefined || !/^\d+(\.\d+)?$/.test(value)) {
      const known = CRITERION_IDS.join(', ')
      throw misuse(
        `--weights 的“${part}”不能识别；请写 equal、suggested、“准则=数值”（准则：${known}）或判断矩阵的 JSON 文件。`,
        `--weights: “${part}” is not understood; write equal, suggested, criterion=number (criteria: ${known}) or a JSON file of comparisons.`,
      )
    }
    weights[id] = Number(value)
  }
  return { kind: 'own', weights }
}

function readMatrix(file: string): number[][] {
  try {
    return JSON.parse(readFileSync(path.resolve(file), 'utf8')) as number[][] // checked with the whole choice below
  } catch (error) {
    if (!(error instanceof SyntaxError) && (error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    throw misuse(`读不出判断矩阵 ${file}。`, `No comparisons can be read from ${file}.`, { cause: error })
  }
}

/** The rule as the options change it. @throws AppError `cli.usage` */
export function readChoice(values: Values): OpportunityChoice {
  const number = (name: string, own: number, scale = 1): number => {
    const words = text(values, name)
    return words === undefined ? own : Number(words) * scale
  }
  const weights = text(values, 'weights')
  const read = opportunityChoiceSchema.safeParse({
    method: choice(values, 'method', ['sum', 'topsis']) ?? DEFAULT_CHOICE.method,
    weighting: weights === undefined ? DEFAULT_CHOICE.weighting : readWeighting(weights),
    unit: choice(values, 'unit', ['cells', 'parcels']) ?? DEFAULT_CHOICE.unit,
    cellM: number('cell', DEFAULT_CHOICE.cellM),
    cut: number('cut', DEFAULT_CHOICE.cut),
    leastAreaHa: number('least-area', DEFAULT_CHOICE.leastAreaHa),
    weightChange: number('change', DEFAULT_CHOICE.weightChange, 0.01),
    front: number('front', DEFAULT_CHOICE.front),
  })
  if (read.success) return read.data
  const place = read.error.issues[0]?.path.join('.') ?? ''
  throw misuse(`参数“${place}”超出范围或不成立。`, `The value of “${place}” is out of range or does not hold together.`, {
    cause: read.error,
  })
}

function say({ cards, consistencyRatio, notes }: Omit<OpportunityReport, 'shapes'>, around: Surroundings): void {
  for (const { kind, rank, title, score, verdictText } of cards) {
    const points = score === undefined ? '—' : score.toFixed(2)
    around.say(
      kind === 'proposed'
        ? { zh: `${title.zh}：${points}（${verdictText.zh}）`, en: `${title.en}: ${points} (${verdictText.en})` }
        : {
            zh: `申报 ${rank} ${title.zh}：${points}（${verdictText.zh}）`,
            en: `submitted ${rank} ${title.en}: ${points} (${verdictText.en})`,
          },
    )
  }
  if (consistencyRatio !== null) {
    const ratio = consistencyRatio.toFixed(3)
    around.say({ zh: `一致性比率 ${ratio}`, en: `Consistency ratio ${ratio}` })
  }
  for (const note of notes) around.say(note)
}

async function answer(session: Session, planId: PlanId, wanted: OpportunityChoice, values: Values, around: Surroundings) {
  // Outlines are for maps and files; a document for people and programs does without.
  const report = without(await session.call('opportunity.find', { planId, choice: wanted }), 'shapes')
  say(report, around)
  const out = text(values, 'out')
  if (out === undefined) return done({ planId, ...report })
  const format = formatOfFile(out, TABLE_FORMATS)
  const target = session.save(out)
  const { sizeBytes, sha256 } = await session.call('opportunity.export', { planId, format, lang: around.lang, target })
  around.say({ zh: `已写入 ${out}`, en: `Wrote ${out}` })
  return done({ planId, ...report, file: { format, path: out, sizeBytes, sha256 } })
}

/** Score cards of the opportunity areas of a stored plan, or of a manifest without keeping anything. */
export const opportunity: Command = {
  name: 'opportunity',
  usage:
    '<manifest.json> | --catalogue DIR [--plan ID] [--method sum|topsis] [--weights equal|suggested|stock=2,rail=3|MATRIX.json] [--unit cells|parcels] [--cell M] [--cut 0..1] [--least-area HA] [--change %] [--front N] [--out FILE.gpkg|.xlsx|.csv]',
  does: {
    zh: '机遇（潜力）地区评分卡：建议地区与申报地区按同一准则评分、排序、比较',
    en: 'score cards of opportunity areas: proposed and submitted ones scored and ranked by one rule',
  },
  options: {
    catalogue: { type: 'string' },
    plan: { type: 'string' },
    method: { type: 'string' },
    weights: { type: 'string' },
    unit: { type: 'string' },
    cell: { type: 'string' },
    cut: { type: 'string' },
    'least-area': { type: 'string' },
    change: { type: 'string' },
    front: { type: 'string' },
    out: { type: 'string', short: 'o' },
  },
  positionals: [0, 1],
  run([manifestFile], values, around) {
    const wanted = readChoice(values)
    const out = text(values, 'out')
    if (out !== undefined) formatOfFile(out, TABLE_FORMATS)
    return withPlan(manifestFile, values, around, (session, planId) => answer(session, planId, wanted, values, around))
  },
}
