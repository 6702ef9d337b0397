import { existsSync, readFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { WALKED } from '../e2e/walked.ts'
import { notices } from './notices.ts'

const root = path.resolve(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const problems: string[] = []

/** docs/architecture.md is dated and every file or folder it names in backticks exists. */
function architectureIsTrue(): void {
  const text = read('docs/architecture.md')
  if (!/^Checked on \d{4}-\d{2}-\d{2}\.$/m.test(text)) problems.push('docs/architecture.md has no line “Checked on YYYY-MM-DD.”')
  for (const [, name] of text.matchAll(/`((?:core|db|electron|renderer|resources|e2e|build|docs)\/[^`\s]*)`/g)) {
    if (name !== undefined && !name.includes('<') && !existsSync(path.join(root, name.replace(/\*.*$/, ''))))
      problems.push(`docs/architecture.md names ${name}, which is gone`)
  }
}

/** No source file is longer than 400 lines, tests too: split by idea. Blank lines and comments count. */
function filesAreSmall(): void {
  const files = execFileSync('git', ['ls-files', 'core', 'db', 'electron', 'renderer', 'build', 'e2e'], {
    cwd: root,
    encoding: 'utf8',
  })
  for (const file of files.split('\n').filter((name) => /\.(ts|tsx|css)$/.test(name) && existsSync(path.join(root, name)))) {
    const lines = read(file).split('\n').length - 1
    if (lines > 400) problems.push(`${file} has ${lines} lines (limit 400)`)
  }
}

/** The shell is what only real Electron can show: it stays under 400 lines in all, tests apart. */
function shellIsThin(): void {
  const files = execFileSync('git', ['ls-files', 'electron/shell'], { cwd: root, encoding: 'utf8' }).split('\n')
  const lines = files
    .filter(
      (file) =>
        file.endsWith('.ts') && !/\.test\.ts$|\/(fakes?|conform)[^/]*\.ts$/.test(file) && existsSync(path.join(root, file)),
    )
    .reduce((sum, file) => sum + read(file).split('\n').length - 1, 0)
  if (lines > 400) problems.push(`electron/shell has ${lines} lines in all (limit 400)`)
}

/** A class of the screen is laid out by one room: two rooms that choose the same word would pull each other's pages apart. */
function classesHaveOneRoom(): void {
  const roomOf = new Map<string, string>()
  const files = execFileSync('git', ['ls-files', 'renderer/*.css'], { cwd: root, encoding: 'utf8' }).split('\n')
  for (const file of files.filter((name) => name !== '' && existsSync(path.join(root, name)))) {
    for (const [, name = ''] of read(file).matchAll(/^\.([a-z][a-z0-9-]*)(?: \{|,$)/gm)) {
      const room = roomOf.get(name) ?? file
      if (room !== file) problems.push(`.${name} is laid out in ${room} and in ${file}: rename one of them`)
      roomOf.set(name, room)
    }
  }
}

/** THIRD-PARTY-NOTICES.md is what the lockfile says. */
function noticesAreFresh(): void {
  if (read('docs/third-party-notices.md') !== notices(root))
    problems.push('docs/third-party-notices.md is stale: run npm run docs')
}

/** The browser's memory of a machine must not travel: no absolute home or build paths, no registry hosts in tracked text. */
function nothingOfTheMachine(): void {
  const lock = read('package-lock.json')
  if (/"resolved":/.test(lock))
    problems.push('package-lock.json names download hosts: regenerate it with omit-lockfile-registry-resolved')
}

/** What one thread does to WebAssembly concerns every other of its process: they are started in one place, which knows (ADR 11). */
function threadsStartInOnePlace(): void {
  const places = new Set(['electron/backend/start-thread.ts', 'electron/backend/basemap/answer-requests.ts']) // the second loads nothing
  const files = execFileSync('git', ['ls-files', 'core', 'db', 'electron'], { cwd: root, encoding: 'utf8' }).split('\n')
  for (const file of files.filter(
    (name) => /(?<!\.test)\.ts$/.test(name) && !places.has(name) && existsSync(path.join(root, name)),
  ))
    if (/\bnew Worker\(/.test(read(file)))
      problems.push(`${file} starts a thread itself: use startThread (electron/backend/start-thread.ts)`)
}

/** Each page of the application is looked at in a journey that goes through both languages and three themes. */
function screensAreWalked(): void {
  for (const [page, [journey, look]] of Object.entries(WALKED)) {
    const text = read(`e2e/${journey}.spec.ts`)
    if (!text.includes('looking(page, review, lang') || !text.includes(`await look('${look}')`))
      problems.push(`e2e/${journey}.spec.ts does not look at the page “${page}” as “${look}” in both languages and three themes`)
  }
}

/** So many tasks of a review go by the keyboard alone, each under a name of its own. */
function tasksGoByKeyboard(): void {
  const tasks = [...read('e2e/keyboard.spec.ts').matchAll(/\btask\(\s*'([^']+)'/g)].map(([, name]) => name)
  if (new Set(tasks).size < 30) problems.push(`e2e/keyboard.spec.ts has ${new Set(tasks).size} tasks by keyboard (at least 30)`)
}

architectureIsTrue()
filesAreSmall()
screensAreWalked()
tasksGoByKeyboard()
threadsStartInOnePlace()
classesHaveOneRoom()
shellIsThin()
noticesAreFresh()
nothingOfTheMachine()
if (problems.length > 0) {
  console.error(problems.map((problem) => `✗ ${problem}`).join('\n'))
  process.exit(1)
}
