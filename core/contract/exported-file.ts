import type { FileToken } from '../model/ids.ts'

/** A file made by an export: already written (Electron, command line) or waiting for download (loopback). */
export interface ExportedFile {
  fileName: string
  sizeBytes: number
  sha256: string
  /** Set by the loopback host: fetch it once under /download/<token>. */
  download: FileToken | null
}
