import { spawnSync } from 'node:child_process'
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/** Makes the pictures of docs/screenshots anew: every screen as the accessibility journey sees it, and pages of a real memo. */
const root = path.resolve(import.meta.dirname, '..')
const target = path.join(root, 'docs/screenshots')
const work = mkdtempSync(path.join(tmpdir(), 'greenprint-shots-'))

/** Both languages in light; dark only where it differs most, so that the folder stays small. */
const KEPT = [/-light\.png$/, /^(workbench|item|import-inspected|results-flows|memo|catalogue)-zh-dark\.png$/]

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const result = spawnSync(command, args, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...env } })
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${result.status}`)
}

const cli = (...args: string[]) => run(process.execPath, [path.join(root, 'electron/cli/main.ts'), ...args])

rmSync(target, { recursive: true, force: true })
mkdirSync(target, { recursive: true })
run('npm', ['run', '-s', 'build'])
run('npx', ['playwright', 'test', '-c', 'e2e/playwright.config.ts', 'screens', 'monitoring'], {
  GREENPRINT_SHOTS: work,
})
for (const name of readdirSync(work).filter((file) => KEPT.some((kept) => kept.test(file)))) {
  copyFileSync(path.join(work, name), path.join(target, name))
}

cli('sample', path.join(work, 'city'), '--parcels', '5000')
for (const lang of ['zh', 'en']) {
  const memo = path.join(work, `memo-${lang}.pdf`)
  cli('run', path.join(work, 'city/plan.json'), '--lang', lang, '--memo', memo)
  run('pdftoppm', ['-r', '70', '-png', memo, path.join(work, `memo-page-${lang}`)])
}
const pages = readdirSync(work).filter((file) => /^memo-page-(zh|en)-\d+\.png$/.test(file))
for (const page of pages) copyFileSync(path.join(work, page), path.join(target, page))
rmSync(work, { recursive: true, force: true })
console.log(`${readdirSync(target).length} pictures in docs/screenshots`)
