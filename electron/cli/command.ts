import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { AppError } from '#core/errors.ts'
import type { CancelSignal } from '#core/contract/procedures.ts'
import { bilingual, type Bilingual, type Lang } from '#core/text.ts'
import type { ProgressLine } from './progress.ts'

export type Values = Record<string, string | boolean | undefined>

/** What a command may use beside its arguments. Human words go to `say`; the JSON document is what it returns. */
export interface Surroundings {
  lang: Lang
  signal: CancelSignal
  progress: ProgressLine
  say(text: Bilingual): void
  /** Prints the document before the command ends: only for one that keeps running. */
  print(document: unknown): void
}

export interface Outcome {
  document: unknown
  /** 0 done, 4 verification failed; failures are thrown instead. */
  exitCode: 0 | 1 | 4
}

/** One command of the command line. Adding one is a file or an entry in it, and a line in commands.ts. */
export interface Command {
  name: string
  /** What follows the name, as it is written. */
  usage: string
  does: Bilingual
  options: ParseArgsOptionsConfig
  /** Least and most positional arguments. */
  positionals: readonly [number, number]
  run(positionals: readonly string[], values: Values, around: Surroundings): Promise<Outcome | undefined>
}

export const done = (document: unknown): Outcome => ({ document, exitCode: 0 })

const COMMON: ParseArgsOptionsConfig = { lang: { type: 'string' } }

/**
 * Reads a command's arguments.
 * @throws AppError `cli.usage` for an unknown option, a missing value, too few or too many arguments
 */
export function readArguments(command: Command, args: readonly string[]): { positionals: string[]; values: Values } {
  const { positionals, values } = parse(command, args)
  const [least, most] = command.positionals
  if (positionals.length < least || positionals.length > most) {
    throw misuse('参数个数不对。', 'There are too few or too many arguments.')
  }
  if (values['lang'] !== undefined) choice(values, 'lang', ['zh', 'en'])
  return { positionals, values }
}

function parse(command: Command, args: readonly string[]): { positionals: string[]; values: Values } {
  try {
    const parsed = parseArgs({
      args: [...args],
      options: { ...COMMON, ...command.options },
      allowPositionals: true,
      strict: true,
    })
    return { positionals: parsed.positionals, values: parsed.values as Values }
  } catch (error) {
    if (error instanceof TypeError) throw badOption(error)
    throw error
  }
}

/** A failure of how a command was written; it ends with exit code 2 and the command's usage. */
export const misuse = (zh: string, en: string, options?: ErrorOptions): AppError<'cli.usage'> =>
  new AppError('cli.usage', { problem: bilingual(zh, en) }, options)

/** Node's own sentence is for developers and in English only; what a person needs of it is the option. */
function badOption(cause: TypeError): AppError<'cli.usage'> {
  const option = /'(-[^' ]*)/.exec(cause.message)?.[1] ?? ''
  const unknown = (cause as NodeJS.ErrnoException).code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION'
  return unknown
    ? misuse(`没有选项 ${option}。`, `There is no option ${option}.`, { cause })
    : misuse(`选项 ${option} 的值缺失或多余。`, `Option ${option} lacks its value or has one too many.`, { cause })
}

export const text = (values: Values, name: string): string | undefined => {
  const value = values[name]
  return typeof value === 'string' ? value : undefined
}

/** An option that must be one of a few words. @throws AppError `cli.usage` */
export function choice<T extends string>(values: Values, name: string, choices: readonly T[]): T | undefined {
  const value = text(values, name)
  if (value === undefined) return undefined
  const found = choices.find((one) => one === value)
  if (found === undefined) {
    const words = choices.join(' | ')
    throw misuse(`--${name} 只能是 ${words}。`, `--${name} must be ${words}.`)
  }
  return found
}

/** An option that must be a whole number within bounds. @throws AppError `cli.usage` */
export function integer(values: Values, name: string, [least, most]: readonly [number, number]): number | undefined {
  const value = text(values, name)
  if (value === undefined) return undefined
  const number = /^-?\d{1,15}$/.test(value) ? Number(value) : Number.NaN
  if (!(number >= least && number <= most)) {
    throw misuse(`--${name} 须为 ${least} 至 ${most} 的整数。`, `--${name} must be a whole number from ${least} to ${most}.`)
  }
  return number
}

/** An option that must be given. @throws AppError `cli.usage` */
export function required(values: Values, name: string): string {
  const value = text(values, name)
  if (value === undefined || value === '') throw misuse(`缺少 --${name}。`, `--${name} is missing.`)
  return value
}
