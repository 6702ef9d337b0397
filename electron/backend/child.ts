/** A killable process that parses untrusted files. Node hosts fork it; Electron's main process starts a utility process. */
export interface ChildProcessHandle {
  post(message: unknown): void
  onMessage(receive: (message: unknown) => void): void
  /** `code` is null when a signal ended it. Fires exactly once. */
  onExit(exited: (code: number | null, signal: string | null) => void): void
  /** Ends it at once, whatever it is doing (SIGKILL). */
  kill(): void
}

/** Entries that may run as a child process. Each is one file that talks over its parent port. */
export type ChildEntry = 'import-process' | 'basemap-process' | 'sheet-process' | 'package-process' | 'self-test-victim'

export interface LaunchOptions {
  /** Heap limit of the child, MB. */
  memoryMb: number
}

export type LaunchChild = (entry: ChildEntry, options: LaunchOptions) => ChildProcessHandle
