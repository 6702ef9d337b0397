import { readFileSync } from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { sessionEdit, type RunEstimate, type SessionEdit } from '#core/contract/analysis-procedures.ts'
import { AppError } from '#core/errors.ts'
import type { PlanId } from '#core/model/ids.ts'
import type { Measurement } from '#core/model/measurement.ts'
import type { Layer } from '#core/model/plan.ts'
import { done, misuse, required, text, type Command, type Outcome, type Surroundings } from './command.ts'
import { ANALYSIS_OPTIONS, analysePlan, choosePlan } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

export const analyse: Command = {
  name: 'analyse',
  usage: '--catalogue DIR [--plan ID] [--even-if-short] [--estimate | --edit edits.json]',
  does: {
    zh: '测算方案的全部指标；--estimate 只估计用时与内存；--even-if-short 在可用内存不足时仍然测算；--edit 在内存中试改要素（[{"layer":图层或角色,"change":"attributes|geometry|add|delete","fid":编号,"attributes":{},"parts":部件→环→x,y 方案坐标}]），列出前后的指标',
    en: 'measures every indicator of a plan; --estimate only says what that would take; --even-if-short measures even where free memory is too little; --edit tries edits out in memory ([{"layer": name or role, "change": "attributes|geometry|add|delete", "fid": n, "attributes": {}, "parts": parts → rings → x,y in the plan’s coordinates}]) and lists the indicators before and after',
  },
  options: {
    catalogue: { type: 'string' },
    plan: { type: 'string' },
    estimate: { type: 'boolean' },
    edit: { type: 'string' },
    ...ANALYSIS_OPTIONS,
  },
  positionals: [0, 0],
  run(_, values, around) {
    const file = text(values, 'edit')
    const isEstimate = values['estimate'] === true
    if (isEstimate && file !== undefined) throw misuse('--estimate 与 --edit 只能给出一个。', 'Give either --estimate or --edit.')
    const edits = file === undefined ? undefined : readEdits(file)
    return withSession(required(values, 'catalogue'), around, async (session) => {
      const planId = await choosePlan(session, text(values, 'plan'))
      if (isEstimate) return estimated(session, planId, around)
      if (edits !== undefined) return tried(session, planId, edits)
      return done({ planId, ...(await analysePlan(session, planId, values, around)) })
    })
  },
}

async function estimated(session: Session, planId: PlanId, around: Surroundings): Promise<Outcome> {
  const estimate = await session.call('analysis.estimate', { planId })
  around.say(estimateWords(estimate))
  return done({ planId, estimate })
}

function estimateWords({ seconds, memoryMb, freeMemoryMb, fits, cached }: RunEstimate) {
  if (cached) return { zh: '结果已在缓存中，无需计算。', en: 'The result is cached; nothing needs computing.' }
  const [time, memory] = [seconds < 10 ? seconds.toFixed(1) : seconds.toFixed(0), memoryMb.toFixed(0)]
  const warning =
    fits === 'yes'
      ? { zh: '', en: '' }
      : {
          zh: ` 本机此刻可用内存为 ${freeMemoryMb} MB，${fits === 'no' ? '不够用' : '比较紧张'}。`,
          en: ` This machine has ${freeMemoryMb} MB free, which is ${fits === 'no' ? 'not enough' : 'tight'}.`,
        }
  return {
    zh: `估计用时 ${time} 秒，内存 ${memory} MB。${warning.zh}`,
    en: `Estimated: ${time} s and ${memory} MB of memory.${warning.en}`,
  }
}

/** `layer` names what is edited; only what is drawn for a role (`draw`) needs none. */
const editInFile = z.looseObject({ layer: z.string().default('') })

/** Edits of a file; their layers are resolved when the plan is known. @throws AppError `cli.usage` */
function readEdits(file: string): z.infer<typeof editInFile>[] {
  try {
    return z
      .array(editInFile)
      .min(1)
      .parse(JSON.parse(readFileSync(path.resolve(file), 'utf8')))
  } catch (error) {
    const isUnreadable = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!(isUnreadable || error instanceof SyntaxError || error instanceof z.ZodError)) throw error
    throw misuse(`${file} 不是试改清单。`, `${file} is no list of edits.`, { cause: error })
  }
}

/** Tries edits out on the plan in memory; the stored plan stays as it is. */
async function tried(session: Session, planId: PlanId, edits: readonly z.infer<typeof editInFile>[]): Promise<Outcome> {
  const { layers } = await session.call('plans.get', { planId })
  const meant = edits.map((edit) => asContract(edit, layers))
  const { sessionId, measurements } = await session.call('analysis.sessionOpen', { planId })
  try {
    const { changed, ms } = await session.call('analysis.sessionEdit', { sessionId, edits: meant, coordinates: 'plan' })
    const before = new Map(measurements.map((one) => [one.id, one]))
    const indicators = changed.flatMap((after) => compared(before.get(after.id), after))
    return done({ planId, edits: edits.length, ms, indicators, unchanged: measurements.length - indicators.length })
  } finally {
    await session.call('analysis.sessionClose', { sessionId })
  }
}

/** An indicator before and after, when its outcome or any of its parts changed. */
function compared(before: Measurement | undefined, after: Measurement) {
  const parts = (one: Measurement | undefined) => ({ outcome: one?.outcome, details: one?.details })
  const isSame = JSON.stringify(parts(before)) === JSON.stringify(parts(after))
  return isSame ? [] : [{ id: after.id, before: parts(before), after: parts(after) }]
}

function asContract({ layer: wanted, ...edit }: z.infer<typeof editInFile>, layers: readonly Layer[]): SessionEdit {
  const isDrawn = edit['change'] === 'draw'
  const layer = layers.find(({ id, name, role }) => [id, name, role].some((word) => word === wanted))
  if (!layer && !isDrawn) throw new AppError('analysis.no-such-layer', { role: wanted })
  const read = sessionEdit.safeParse(isDrawn ? edit : { ...edit, layerId: layer?.id })
  if (read.success) return read.data
  const [issue] = read.error.issues
  const place = issue?.path.join('.') ?? ''
  throw misuse(`试改清单有误：${place}`, `The list of edits is wrong at “${place}”.`, { cause: read.error })
}
