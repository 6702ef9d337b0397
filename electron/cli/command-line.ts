import { randomBytes } from 'node:crypto'
import { AppError, describeError } from '#core/errors.ts'
import { inLang, type Lang } from '#core/text.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { misuse, readArguments, type Command, type Surroundings } from './command.ts'
import { COMMANDS } from './commands.ts'
import { progressLine } from './progress.ts'

/** Where a command speaks, and how it is asked to stop. */
export interface Terminal {
  stdout: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>
  stderr: Pick<NodeJS.WriteStream, 'write' | 'isTTY'>
  signal: () => AbortSignal
}

interface Mouth {
  say: (text: string) => void
  print: (document: unknown) => void
}

function help(lang: Lang, { say }: Mouth): void {
  const head = { zh: '用法：greenprint <命令> [--lang zh|en]', en: 'Usage: greenprint <command> [--lang zh|en]' }
  say(`Greenprint ${packageFile.version}\n${inLang(head, lang)}\n`)
  for (const { name, usage, does } of COMMANDS) say(`  ${`${name} ${usage}`.trim()}\n      ${inLang(does, lang)}`)
}

/** How the command is written, or all of them when there is none of that name. */
function usage(name: string, lang: Lang, mouth: Mouth): void {
  const command = COMMANDS.find((one) => one.name === name)
  if (command === undefined) help(lang, mouth)
  else mouth.say(`greenprint ${command.name} ${command.usage}`.trim())
}

/** The language of failures, even of arguments that cannot be read. */
function langOf(args: readonly string[]): Lang {
  const at = args.indexOf('--lang')
  const named = at === -1 ? args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length) : args[at + 1]
  return named === 'en' ? 'en' : 'zh'
}

/** Writes a failure for people and for programs, and returns its exit code. */
function refuse(error: unknown, lang: Lang, { say, print }: Mouth): number {
  const expected =
    error instanceof AppError ? error : new AppError('host.bug', { ref: randomBytes(3).toString('hex').toUpperCase() })
  if (expected !== error) say(error instanceof Error ? (error.stack ?? error.message) : String(error))
  const wire = expected.toWire()
  const { title, cause, next } = describeError(wire, lang)
  say([title, cause, next].join('\n'))
  print({ error: { ...wire, title, cause, next } })
  if (wire.code === 'cli.usage') return 2
  return wire.code === 'host.bug' ? 1 : 3
}

async function perform(command: Command, args: readonly string[], lang: Lang, terminal: Terminal, mouth: Mouth): Promise<number> {
  const { positionals, values } = readArguments(command, args)
  const progress = progressLine(terminal.stderr, lang)
  const around: Surroundings = {
    lang,
    signal: terminal.signal(),
    progress,
    say: (text) => mouth.say(inLang(text, lang)),
    print: mouth.print,
  }
  const outcome = await command.run(positionals, values, around)
  if (outcome !== undefined) mouth.print(outcome.document)
  return outcome?.exitCode ?? 0
}

/** Performs one command; returns its exit code: 0 done, 1 bug, 2 usage, 3 refused, 4 no match. Human text goes to stderr, one JSON document to stdout. */
export async function commandLine([name = 'help', ...args]: readonly string[], terminal: Terminal): Promise<number> {
  const lang = langOf(args)
  const mouth: Mouth = {
    say: (text) => void terminal.stderr.write(`${text}\n`),
    print: (document) => void terminal.stdout.write(`${JSON.stringify(document, null, terminal.stdout.isTTY ? 2 : undefined)}\n`),
  }
  if (name === '--version') {
    mouth.print({ name: 'greenprint', version: packageFile.version })
    return 0
  }
  if (name === 'help' || name === '--help' || args.includes('--help')) {
    help(lang, mouth)
    mouth.print({ commands: COMMANDS.map(({ name: command, usage, does }) => ({ name: command, usage, does })) })
    return 0
  }
  try {
    const command = COMMANDS.find((one) => one.name === name)
    if (command === undefined) throw misuse(`没有名为“${name}”的命令。`, `There is no command “${name}”.`)
    return await perform(command, args, lang, terminal, mouth)
  } catch (error) {
    const exitCode = refuse(error, lang, mouth)
    if (exitCode === 2) usage(name, lang, mouth)
    return exitCode
  }
}
