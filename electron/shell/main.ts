import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  protocol,
  screen,
  session,
  shell,
  utilityProcess,
} from 'electron'
import { mkdtempSync, rmSync } from 'node:fs'
import path from 'node:path'
import { staticFiles } from '#backend/static-files.ts'
import { runShell } from './shell.ts'
import { SCHEME, SWITCHES } from './security.ts'

// Wires Electron to the shell. Everything that decides something lives in the files beside this one, where tests reach it.
app.enableSandbox()
for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value)
protocol.registerSchemesAsPrivileged([SCHEME])

// A self-test has a profile and a catalogue of its own, so it may run beside the application and never opens the user's.
const testing = process.argv.includes('--self-test')
if (testing) {
  const temp = mkdtempSync(path.join(app.getPath('temp'), 'greenprint-self-test-'))
  app.setPath('userData', temp)
  app.once('quit', () => rmSync(temp, { recursive: true, force: true, maxRetries: 3 }))
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error) => process.stderr.write(`${String(error)}\n`, () => app.exit(1)))
}

const root = app.getAppPath()
const resourcesDir = app.isPackaged ? path.join(process.resourcesPath, 'resources') : path.join(root, 'resources')
const entry = (name: string) => path.join(import.meta.dirname, `${name}.js`)

runShell({
  app,
  ipc: ipcMain,
  dialog,
  protocol,
  defaultSession: () => session.defaultSession,
  noMenu: () => Menu.setApplicationMenu(null),
  reveal: (file) => shell.showItemInFolder(file),
  openWindow: (options) => new BrowserWindow(options),
  displays: () => screen.getAllDisplays(),
  channel: () => new MessageChannelMain(),
  fork: (name, execArgv) =>
    utilityProcess.fork(entry(name), [], { serviceName: `greenprint ${name}`, stdio: 'ignore', execArgv }),
  kill: (pid) => process.kill(pid, 'SIGKILL'),
  screen: () => staticFiles(path.join(root, 'out/renderer')),
  preload: path.join(root, 'out/preload/preload.cjs'),
  catalogueDir: path.join(app.getPath('userData'), 'catalogue'),
  resourcesDir,
  developing: !app.isPackaged,
  ...(testing && {
    selfTest: {
      request: (url) => session.defaultSession.fetch(url),
      metrics: () => app.getAppMetrics(),
      binary: process.execPath,
      print: (text) => new Promise((resolve) => process.stdout.write(text, () => resolve())),
    },
  }),
})
