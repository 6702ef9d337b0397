import { randomBytes } from 'node:crypto'
import { AppError, describeError } from '#core/errors.ts'
import { inLang, type Lang } from '#core/text.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { misuse, readArguments, type Command, type Surroundings } from './command.ts'
import { COMMANDS } from './commands.ts'
import { progressLine } from './progress.ts'

/* greenprint <command>: human text on stderr, one JSON document on stdout, exit codes 0 done, 1 bug, 2 usage, 3 refused, 4 no match. */

const say = (text: string) => process.stderr.write(`${text}\n`)
const print = (document: unknown) =>
  process.stdout.write(`${JSON.stringify(document, null, process.stdout.isTTY ? 2 : undefined)}\n`)

function help(lang: Lang): void {
  const head = { zh: '用法：greenprint <命令> [--lang zh|en]', en: 'Usage: greenprint <command> [--lang zh|en]' }
  say(`Greenprint ${packageFile.version}\n${inLang(head, lang)}\n`)
  for (const { name, usage, does } of COMMANDS) say(`  ${`${name} ${usage}`.trim()}\n      ${inLang(does, lang)}`)
}

/** How the command is written, or all of them when there is none of that name. */
function usage(name: string, lang: Lang): void {
  const command = COMMANDS.find((one) => one.name === name)
  if (command === undefined) help(lang)
  else say(`greenprint ${command.name} ${command.usage}`.trim())
}

/** The language of failures, even of arguments that cannot be read. */
function langOf(args: readonly string[]): Lang {
  const at = args.indexOf('--lang')
  const named = at === -1 ? args.find((arg) => arg.startsWith('--lang='))?.slice('--lang='.length) : args[at + 1]
  return named === 'en' ? 'en' : 'zh'
}

/** Writes a failure for people and for programs, and returns its exit code. */
function refuse(error: unknown, lang: Lang): number {
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

/** Ctrl+C asks the running call to stop; a second one ends the program at once. */
function cancelOnSignal(): AbortSignal {
  const controller = new AbortController()
  const stop = () => (controller.signal.aborted ? process.exit(130) : controller.abort())
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, stop)
  return controller.signal
}

async function perform(command: Command, args: readonly string[], lang: Lang): Promise<number> {
  const { positionals, values } = readArguments(command, args)
  const progress = progressLine(process.stderr, lang)
  const around: Surroundings = {
    lang,
    signal: cancelOnSignal(),
    progress,
    say: (text) => void say(inLang(text, lang)),
    print: (document) => void print(document),
  }
  const outcome = await command.run(positionals, values, around)
  if (outcome !== undefined) print(outcome.document)
  return outcome?.exitCode ?? 0
}

async function main([name = 'help', ...args]: readonly string[]): Promise<number> {
  const lang = langOf(args)
  if (name === '--version') {
    print({ name: 'greenprint', version: packageFile.version })
    return 0
  }
  if (name === 'help' || name === '--help' || args.includes('--help')) {
    help(lang)
    print({ commands: COMMANDS.map(({ name: command, usage, does }) => ({ name: command, usage, does })) })
    return 0
  }
  try {
    const command = COMMANDS.find((one) => one.name === name)
    if (command === undefined) throw misuse(`没有名为“${name}”的命令。`, `There is no command “${name}”.`)
    return await perform(command, args, lang)
  } catch (error) {
    const exitCode = refuse(error, lang)
    if (exitCode === 2) usage(name, lang)
    return exitCode
  }
}

const exitCode = await main(process.argv.slice(2))
// Everything is closed by now; what is left are idle handles of libraries. Ends only when stdout has taken the whole document.
process.stdout.write('', () => process.exit(exitCode))
