import type { FileToken } from '../model/ids.ts'

/** What Electron's preload puts on `window.greenprint`: three functions, and it never grows. The loopback host has none of it. */
export interface ShellApi {
  /**
   * Opens the system's dialog for files or a folder, or takes what was dropped on the window (File objects; never paths).
   * null: cancelled, or nothing of it lies on disk.
   */
  pickFiles(what: 'files' | 'folder' | readonly object[]): Promise<FileToken | null>
  /** Opens the save dialog with this name suggested. null: cancelled. */
  pickSavePath(fileName: string): Promise<FileToken | null>
  /** Shows a file that was saved under this token in the system's file manager. */
  reveal(saved: FileToken): Promise<void>
}

/**
 * How the page gets its port: it posts PAGE_READY to its own window; the answer is PAGE_PORT with one MessagePort. A later
 * PAGE_READY (a reload, or asked twice) closes the earlier port and brings a new one.
 */
export const PAGE_READY = 'greenprint:ready'
export const PAGE_PORT = 'greenprint:port'

/** Channels between preload and main process; the only ones there are. */
export const CHANNELS = {
  ready: 'greenprint:ready',
  port: 'greenprint:port',
  pickFiles: 'greenprint:pick-files',
  registerDropped: 'greenprint:register-dropped',
  pickSavePath: 'greenprint:pick-save-path',
  reveal: 'greenprint:reveal',
} as const
