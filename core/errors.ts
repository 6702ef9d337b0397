import { analysisMessages } from './errors/analysis.ts'
import { attributeMessages } from './errors/attributes.ts'
import { catalogueMessages } from './errors/catalogue.ts'
import { checklistMessages } from './errors/checklist.ts'
import { compareMessages } from './errors/compare.ts'
import { hostMessages } from './errors/host.ts'
import { importMessages } from './errors/import.ts'
import { memoMessages } from './errors/memo.ts'
import { mapPrintMessages } from './errors/map-print.ts'
import type { UserMessage } from './errors/message.ts'
import { opportunityMessages } from './errors/opportunity.ts'
import { overlayMessages } from './errors/overlays.ts'
import { planImportMessages } from './errors/plan-import.ts'
import { rasterMessages } from './errors/raster.ts'
import { sheetMessages } from './errors/sheets.ts'
import { replyMessages } from './errors/reply.ts'
import { reviewMessages } from './errors/review.ts'
import { roundMessages } from './errors/rounds.ts'
import { libraryMessages } from './errors/library.ts'
import { shareMessages } from './errors/share.ts'
import { signMessages } from './errors/sign.ts'
import { vectorFormatMessages } from './errors/vector-formats.ts'
import { windowMessages } from './errors/windows.ts'
import { tableMessages } from './errors/tables.ts'
import type { Lang } from './text.ts'

/** Every expected failure of the product; each room keeps its own table in `errors/`. */
export const MESSAGES = {
  ...catalogueMessages,
  ...importMessages,
  ...planImportMessages,
  ...rasterMessages,
  ...sheetMessages,
  ...vectorFormatMessages,
  ...analysisMessages,
  ...tableMessages,
  ...attributeMessages,
  ...overlayMessages,
  ...opportunityMessages,
  ...checklistMessages,
  ...reviewMessages,
  ...roundMessages,
  ...windowMessages,
  ...shareMessages,
  ...libraryMessages,
  ...replyMessages,
  ...signMessages,
  ...compareMessages,
  ...memoMessages,
  ...mapPrintMessages,
  ...hostMessages,
}

export type ErrorCode = keyof typeof MESSAGES
export type ErrorParams<C extends ErrorCode> = Parameters<(typeof MESSAGES)[C]>[0]

/** How a failure crosses a port, a worker or stdout: a code and its parameters, never a stack. */
export interface WireError {
  code: ErrorCode
  params: Record<string, unknown>
}

/** An expected failure: the person can do something about it. Anything else thrown is a bug. */
export class AppError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'AppError'
  readonly code: C
  readonly params: ErrorParams<C>

  constructor(code: C, params: ErrorParams<C>, options?: ErrorOptions) {
    super(`${code} ${JSON.stringify(params)}`, options)
    this.code = code
    this.params = params
  }

  toWire(): WireError {
    return { code: this.code, params: this.params as Record<string, unknown> }
  }
}

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(MESSAGES, code)

/** Rebuilds an AppError that crossed a port. An unknown code becomes a bug with that code as its reference. */
export const fromWire = (wire: { code: string; params: Record<string, unknown> }): AppError =>
  isErrorCode(wire.code) ? new AppError(wire.code, wire.params as never) : new AppError('host.bug', { ref: wire.code })

/** The sentences of a failure in the reader's language. */
export const describeError = (wire: WireError, lang: Lang): UserMessage => MESSAGES[wire.code](wire.params as never)[lang]
