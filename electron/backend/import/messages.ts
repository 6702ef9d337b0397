import type { Progress } from '#core/contract/procedures.ts'
import type { WireError } from '#core/errors.ts'
import type { Inspection } from '#core/model/inspection.ts'
import type { Manifest } from '#core/model/manifest.ts'
import type { InspectOptions } from '../inspect/inspect.ts'
import type { SourceRoot } from './resolve-source.ts'
import type { PlanDraft } from './plan-builder.ts'

/** What each command of the import process takes and gives back. */
export interface ImportCommands {
  inspect: { input: { paths: readonly string[]; root: string; options: InspectOptions }; output: Inspection }
  /** `shiftFile`: parameters of a datum shift that a person chose by themselves, in place of those that the manifest names. */
  import: { input: { manifest: Manifest; root: SourceRoot; gpkg: string; shiftFile?: string }; output: PlanDraft }
}

export type CommandName = keyof ImportCommands

/** One process does one command and is then ended by its parent. */
export type ToChild = Command | Preparation

/** What a process may be told before its command: to load what it will need. It is not answered. */
export interface Preparation {
  command: 'prepare'
  codeCacheDir: string | null
}

export type Command = {
  [N in CommandName]: {
    command: N
    input: ImportCommands[N]['input']
    /** Folder for unpacked archives and copies; the parent deletes it. */
    stagingDir: string
    /** Resident memory at which the process gives up, MB: buffers are not bounded by the heap limit. */
    memoryMb: number
    /** Folder for the compiled form of the program itself; null to keep none. */
    codeCacheDir: string | null
  }
}[CommandName]

export type FromChild =
  | { t: 'progress'; progress: Progress; file: string | null }
  | { t: 'done'; output: unknown }
  | { t: 'failed'; error: WireError }
  /** Something unexpected: hostile bytes found a gap in a reader. The stack goes to the log only. */
  | { t: 'broken'; name: string; stack: string }
