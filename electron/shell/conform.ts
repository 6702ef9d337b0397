import type {
  App,
  BrowserWindow,
  Dialog,
  IpcMain,
  IpcMainEvent,
  IpcMainInvokeEvent,
  MessageChannelMain,
  MessagePortMain,
  ParentPort,
  Protocol,
  Screen,
  Session,
  UtilityProcess,
  WebContents,
} from 'electron'
import type { ParentPortLike } from '#backend/link-backend.ts'
import type { ProcessPort } from '#backend/link-main.ts'
import type { EmitterPortLike, MessagePortLike } from '#core/contract/message-port.ts'
import type { ContentsPort, SenderPort, SessionPort } from './security.ts'
import type { PageEvent, ShellPorts, WindowPort } from './shell.ts'

/* Proves, against the real electron.d.ts, that Electron is what our narrow ports say. Types only: nothing here runs. */

type Conforms<Real extends Port, Port> = [Real, Port]
type Ports = ShellPorts<MessagePortMain>

export type Proofs = [
  Conforms<Session, SessionPort>,
  Conforms<WebContents, ContentsPort>,
  Conforms<IpcMainEvent, SenderPort>,
  Conforms<IpcMainInvokeEvent, PageEvent<MessagePortMain>>,
  Conforms<App, Ports['app']>,
  Conforms<App['getAppMetrics'], NonNullable<Ports['selfTest']>['metrics']>,
  Conforms<Session['fetch'], NonNullable<Ports['selfTest']>['request']>,
  Conforms<IpcMain, Ports['ipc']>,
  Conforms<Dialog, Ports['dialog']>,
  Conforms<Protocol, Ports['protocol']>,
  Conforms<BrowserWindow, WindowPort>,
  Conforms<Screen['getAllDisplays'], Ports['displays']>,
  Conforms<UtilityProcess, ProcessPort<MessagePortMain>>,
  Conforms<MessageChannelMain, ReturnType<Ports['channel']>>,
  Conforms<MessagePortMain, EmitterPortLike>,
  Conforms<MessagePort, MessagePortLike>,
  Conforms<ParentPort, ParentPortLike>,
]

/* Each line below must NOT compile: they show that the proofs above can fail. */
export type Refutations = [
  // @ts-expect-error no such method
  Conforms<Session, { setTelemetryEnabled(on: boolean): void }>,
  // @ts-expect-error another argument
  Conforms<Session, { setSpellCheckerEnabled(on: string): void }>,
  // @ts-expect-error a promise is returned, not a boolean
  Conforms<Session, { setProxy(config: { mode: 'direct' }): boolean }>,
  // @ts-expect-error no such mode
  Conforms<Session, { setProxy(config: { mode: 'tunnel' }): Promise<void> }>,
  // @ts-expect-error no such policy
  Conforms<WebContents, { setWebRTCIPHandlingPolicy(policy: 'none'): void }>,
  // @ts-expect-error a window cannot be answered with 'maybe'
  Conforms<WebContents, { setWindowOpenHandler(handler: () => { action: 'maybe' }): void }>,
  // @ts-expect-error a window's place is asked for, not set by a string
  Conforms<BrowserWindow, { getNormalBounds(): string }>,
  // @ts-expect-error the frame may be null
  Conforms<IpcMainEvent, { senderFrame: { url: string } }>,
  // @ts-expect-error a dialog is answered later, not at once
  Conforms<Dialog, { showOpenDialog(options: object): { canceled: boolean } }>,
  // @ts-expect-error the pid is missing before the process runs
  Conforms<UtilityProcess, { readonly pid: number }>,
]
