import { spawn, spawnSync } from 'node:child_process'
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { keepStrippedCode } from './code-cache.ts'

keepStrippedCode()

const root = path.resolve(import.meta.dirname, '..')
const windows = process.platform === 'win32'

/** Path of the Electron binary: an unpacked folder given by hand, the one npm fetched, or a fetch tried once, briefly. */
function electronBinary(): string | null {
  const dist = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const name = windows ? 'electron.exe' : process.platform === 'darwin' ? 'Electron.app/Contents/MacOS/Electron' : 'electron'
  if (dist !== undefined && existsSync(path.join(dist, name))) return path.join(dist, name)
  const pkg = path.join(root, 'node_modules/electron')
  const fetched = () => {
    const pathFile = path.join(pkg, 'path.txt')
    const file = existsSync(pathFile)
      ? path.join(pkg, 'dist', readFileSync(pathFile, 'utf8').trim())
      : path.join(pkg, 'dist', name)
    return existsSync(file) ? file : null
  }
  if (fetched() !== null) return fetched()
  const install = path.join(pkg, 'install.js')
  if (!existsSync(install) || process.env['GREENPRINT_NO_FETCH'] !== undefined) return null
  console.error('Looking for the Electron binary (up to 60 s) …')
  spawnSync(process.execPath, [install], { cwd: pkg, stdio: 'ignore', timeout: 60_000 })
  return fetched()
}

/** True when a source file is newer than what was built from it. */
function buildIsStale(): boolean {
  const built = path.join(root, 'out/renderer/index.html')
  if (!existsSync(built)) return true
  const builtAt = statSync(built).mtimeMs
  return ['core', 'db', 'electron', 'renderer', 'resources', 'build/electron.vite.config.ts', 'package-lock.json'].some((place) =>
    globSync(path.extname(place) === '' ? `${place}/**/*` : place, { cwd: root }).some(
      (file) => statSync(path.join(root, file)).mtimeMs > builtAt,
    ),
  )
}

function openInBrowser(url: string): void {
  const opener = windows ? 'explorer' : process.platform === 'darwin' ? 'open' : 'xdg-open'
  const child = spawn(opener, [url], { stdio: 'ignore', detached: true })
  child.on('error', () => console.error(`No browser could be opened (${opener} is missing): open the address above yourself.`))
  child.unref()
}

if (buildIsStale()) {
  console.error('Building …')
  const build = spawnSync('npm', ['run', '-s', 'build'], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'], shell: windows })
  if (build.status !== 0) process.exit(1)
}

const binary = electronBinary()
if (binary !== null) {
  const app = spawn(binary, [root], { stdio: 'inherit' })
  app.on('exit', (code) => process.exit(code ?? 1))
} else {
  console.error(
    'Electron’s binary is not here and could not be fetched, so Greenprint runs in your browser instead (on this machine only).',
  )
  const host = spawn(process.execPath, [path.join(root, 'electron/cli/main.ts'), 'serve', ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['inherit', 'pipe', 'inherit'],
  })
  host.stdout.setEncoding('utf8')
  host.stdout.once('data', (line: string) => {
    const { url } = JSON.parse(line) as { url: string }
    if (process.env['GREENPRINT_NO_BROWSER'] === undefined) openInBrowser(url)
  })
  host.on('exit', (code) => process.exit(code ?? 1))
}
