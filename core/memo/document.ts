import type { AttachmentId } from '../model/ids.ts'
import type { MapRegistration } from '../map/registration.ts'
import type { Lang } from '../text.ts'
import type { MemoStyleId } from './memo-style.ts'

/** A piece of a line: plain words, or words with emphasis or colour-independent marking. */
export interface Run {
  text: string
  strong?: boolean
  muted?: boolean
  /** Text that only machines read (hashes): printed small and breakable. */
  code?: boolean
}

export type Cell = { runs: Run[]; align?: 'left' | 'right' | 'center' }

/** A map drawn once, in paper millimetres, and printed, previewed or written as it is. */
export interface MapFigure {
  /** Complete SVG text made by our own generator: paths per class, hex colours, no foreign content. */
  svg: string
  widthMm: number
  heightMm: number
  caption: string
  /** Read aloud instead of the picture. */
  alt: string
  /** Where it lies on Earth; absent for charts, and for plans without a known place. */
  registration?: MapRegistration
  /** It stands on a page of its own of this size; in the text when absent. */
  page?: FigurePage
}

/** A page that holds one figure. */
export interface FigurePage {
  paper: 'A3'
  orientation: 'landscape'
  marginMm: number
}

/** A picture out of the catalogue, named by the hash of its bytes; the bytes travel beside the document. */
export interface PictureFigure {
  attachmentId: AttachmentId
  sha256: string
  widthPx: number
  heightPx: number
  caption: string
  /** Read aloud instead of the picture. */
  alt: string
}

/** The blocks a memo is made of. Every output (screen, PDF, HTML, JSON) renders exactly these. */
export type Block =
  /** `hasNumber`: its text begins with a number of its own. */
  | { kind: 'heading'; level: 1 | 2 | 3; text: string; id: string; hasNumber?: true }
  | { kind: 'paragraph'; runs: Run[] }
  | { kind: 'list'; items: Run[][]; ordered: boolean }
  | { kind: 'table'; caption: string; head: Cell[]; rows: Cell[][]; widths: number[] }
  | { kind: 'facts'; rows: { label: string; runs: Run[] }[] }
  | { kind: 'verdict'; tone: 'good' | 'fair' | 'poor' | 'bad'; title: string; total: string; coverage: string; remark: string }
  | { kind: 'bars'; caption: string; bars: { label: string; share: number | null; text: string }[] }
  | { kind: 'map'; figure: MapFigure }
  | { kind: 'picture'; picture: PictureFigure }
  | { kind: 'page-break' }

export interface MemoSectionContent {
  id: string
  blocks: Block[]
}

/** Who sends a memo, under what number and secrecy, to whom; empty parts are not printed. */
export interface Letterhead {
  /** 发文机关标志. */
  office?: string
  /** 发文字号: "绿规审〔2026〕3号". */
  number?: string
  /** 密级和保密期限. */
  classification?: string
  /** 主送. */
  addressee?: string
}

/** The memo as plain data: one composition, four outputs. */
export interface MemoDocument {
  schema: 'memo-document/1'
  lang: Lang
  /** How it is set; as a technical report when absent. */
  style?: MemoStyleId
  letterhead?: Letterhead
  /** Pale words across each page. */
  watermark?: string
  /** Line above the title; that of a technical review when absent. */
  kicker?: string
  /** The record inside the file; the review record when absent. */
  record?: { fileName: string; title: string }
  title: string
  subtitle: string
  /** Line at the foot of each page: plan, date, seal start. */
  footer: string
  author: string
  /** ISO date of the review record, never the clock of the printer. */
  date: string
  sections: MemoSectionContent[]
  /** SHA-256 of the canonical review result that is attached, hex. */
  seal: string
}
