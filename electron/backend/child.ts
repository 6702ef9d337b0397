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

/**
 * The engine would let the youngest objects of each of a child's threads fill twice as much before it clears them; with this an
 * import of a million parcels takes 160 MB less, and no longer.
 */
const YOUNG_SPACE_MB = 16

/** What a child is started with so that its heap keeps within `memoryMb`. */
export const heapFlags = (memoryMb: number): string[] => [
  `--max-old-space-size=${memoryMb}`,
  `--max-semi-space-size=${YOUNG_SPACE_MB}`,
]

export type LaunchChild = (entry: ChildEntry, options: LaunchOptions) => ChildProcessHandle
