import type { Port } from '#core/contract/port.ts'
import type { FileToken } from '#core/model/ids.ts'
import type { AppInfo } from '#core/contract/procedures.ts'
import type { LaunchChild } from './child.ts'

export interface BackendOptions {
  /** The catalogue's folder; created when missing. */
  catalogueDir: string
  host: AppInfo['host']
  launchChild: LaunchChild
  /** Folder of `resources/` (checklists, reference data, CRS database). */
  resourcesDir: string
}

/** Files that a host hands to the screen as tokens: the screen never learns a path. */
export interface FileTokens {
  /** Registers chosen files or folders (absolute paths) as one token. */
  registerFiles(paths: readonly string[]): FileToken
  /** Registers a path that an export may write to. */
  registerSave(path: string): FileToken
  /** A fresh staging folder for an upload: write files below `dir`, then use `token`. */
  openUpload(): { token: FileToken; dir: string }
  /** Paths of a token, or undefined when unknown. */
  paths(token: FileToken): readonly string[] | undefined
  /** The file behind a download token, given out once. */
  takeDownload(token: FileToken): { path: string; fileName: string } | undefined
  /** Offers a finished file for download. */
  offerDownload(path: string, fileName: string): FileToken
  /** Deletes staged uploads and unclaimed downloads. */
  close(): void
}

/** The one backend that every host runs: plain Node, no screen, no Electron. */
export interface Backend {
  tokens: FileTokens
  /** Answers calls on a port until it closes; many ports may be served at once. */
  serve(port: Port): void
  close(): Promise<void>
}
