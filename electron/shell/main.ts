import { app, BrowserWindow, dialog, ipcMain, Menu, MessageChannelMain, protocol, session, shell, utilityProcess } from 'electron'
import path from 'node:path'
import { staticFiles } from '#backend/static-files.ts'
import { runShell } from './shell.ts'
import { SCHEME, SWITCHES } from './security.ts'

/* Wires Electron to the shell. Everything that decides something lives in the files beside this one, where tests reach it. */

app.enableSandbox()
for (const [name, value] of SWITCHES) app.commandLine.appendSwitch(name, value)
protocol.registerSchemesAsPrivileged([SCHEME])

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
  channel: () => new MessageChannelMain(),
  fork: (name, execArgv) =>
    utilityProcess.fork(entry(name), [], { serviceName: `greenprint ${name}`, stdio: 'ignore', execArgv }),
  kill: (pid) => process.kill(pid, 'SIGKILL'),
  screen: () => staticFiles(path.join(root, 'out/renderer')),
  preload: path.join(root, 'out/preload/preload.cjs'),
  catalogueDir: path.join(app.getPath('userData'), 'catalogue'),
  resourcesDir,
  developing: !app.isPackaged,
})
