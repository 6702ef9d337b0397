import type { PlanId } from '#core/model/ids.ts'
import { misuse, text, type Surroundings, type Values } from './command.ts'
import { choosePlan, importPlan } from './review-steps.ts'
import { withSession, type Session } from './session.ts'

/**
 * Opens the plan that a command is about, one of a catalogue (`--catalogue`, `--plan`) or a manifest without keeping anything, and closes
 * it again. @throws AppError `cli.usage`
 */
export function withPlan<T>(
  manifestFile: string | undefined,
  values: Values,
  around: Surroundings,
  act: (session: Session, planId: PlanId) => Promise<T>,
): Promise<T> {
  const catalogue = text(values, 'catalogue')
  if ((manifestFile === undefined) === (catalogue === undefined))
    throw misuse('请给出方案清单或 --catalogue，二者选一。', 'Name either a manifest or --catalogue.')
  return withSession(catalogue, around, async (session) => {
    const planId =
      manifestFile === undefined
        ? await choosePlan(session, text(values, 'plan'))
        : (await importPlan(session, manifestFile)).planId
    return act(session, planId)
  })
}

/** The format that the name of a file asks for. @throws AppError `cli.usage` */
export function formatOfFile<T extends string>(file: string, formats: readonly T[]): T {
  const found = formats.find((format) => file.toLowerCase().endsWith(`.${format}`))
  if (found !== undefined) return found
  const known = formats.map((format) => `.${format}`).join(' | ')
  throw misuse(`--out 的文件名须以 ${known} 结尾。`, `The name after --out must end in ${known}.`)
}
