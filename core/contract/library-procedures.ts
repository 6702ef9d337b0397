import * as z from 'zod'
import type { WireError } from '../errors.ts'
import type { FoundPlace, MemoHead, MemoSource, Reading } from '../library/reading.ts'
import type { Snippet } from '../library/snippet.ts'
import type { FileToken, LibraryMemoId } from '../model/ids.ts'
import { MEMO_KIND_IDS, type MemoKindId } from '../memo/memo-kinds.ts'
import type { Severity } from '../review/finding.ts'
import type { Bilingual } from '../text.ts'
import { id, procedure } from './procedure.ts'

/** What the list is narrowed to; absent: not by that. */
const filters = z.strictObject({
  query: z.string().max(200),
  year: z.string().max(10).optional(),
  office: z.string().max(300).optional(),
  kind: z.enum([...MEMO_KIND_IDS, 'unknown']).optional(),
  opinion: z.string().max(100).optional(),
  item: z.string().max(100).optional(),
  /** Only the last version of each review. */
  latest: z.boolean().optional(),
})
export type LibraryFilters = z.infer<typeof filters>

/** Where something was found, and where that leads. */
export interface LibraryHit extends Omit<FoundPlace, 'text'> {
  snippet: Snippet
}

export interface LibraryMemo {
  id: LibraryMemoId
  source: MemoSource
  addedBy: string
  addedAt: string
  onDate: string
  office: string
  kind: MemoKindId | null
  head: MemoHead
  /** Which version of its review it is, oldest first, and of how many that are here. */
  version: number
  versions: number
  /** With a query: the first of the places, and how many there are. */
  hits: LibraryHit[]
  hitCount: number
}

export interface Facet {
  value: string
  /** Where the value itself is not what people read. */
  title: Bilingual | null
  count: number
}

export const FACETS = ['year', 'office', 'kind', 'opinion', 'item'] as const
export type FacetName = (typeof FACETS)[number]

export interface LibraryList {
  memos: LibraryMemo[]
  /** How many there are with these filters, and in the library at all. */
  found: number
  all: number
  facets: Record<FacetName, Facet[]>
}

/** One memo to be read, without its file. */
export interface LibraryRead {
  memo: LibraryMemo
  reading: Reading | null
  /** All versions of its review, oldest first. */
  series: { id: LibraryMemoId; onDate: string; head: Pick<MemoHead, 'fileName' | 'form' | 'total' | 'round' | 'sealState'> }[]
}

/** What came of files that were to be added: every one is in one of these lists. */
export interface LibraryReceipt {
  added: number
  /** Known already by their bytes. */
  already: number
  damaged: { fileName: string; problem: WireError }[]
  /** Files in a chosen folder that are of no form that carries a review. */
  others: number
}

/** How often something was found on an item, over the last version of each review. */
export interface ItemStatistics extends Record<Severity, number> {
  item: string
  title: Bilingual | null
  memos: number
}

export interface LibraryStatistics {
  memos: number
  findings: number
  items: ItemStatistics[]
}

export const MOST_LISTED = 500

/** Memos of every office that were exported, received, opened or added: found again, and read without their plans. */
export const libraryProcedures = {
  'library.list': procedure(
    filters.extend({ limit: z.number().int().min(1).max(MOST_LISTED).optional() }),
  ).returns<LibraryList>(),
  'library.get': procedure(z.strictObject({ memoId: id<LibraryMemoId>() })).returns<LibraryRead>(),
  /** Reads chosen files, and those in chosen folders, in a process that can be killed; a damaged one is listed with its reason. */
  'library.add': procedure(
    z.strictObject({ files: id<FileToken>(), passphrase: z.string().min(1).max(1000).nullable() }),
  ).returns<LibraryReceipt>(),
  /** Takes entries out of the library; files stay where they are. */
  'library.remove': procedure(z.strictObject({ memoIds: z.array(id<LibraryMemoId>()).min(1).max(10_000) })).returns<{
    removed: number
  }>(),
  /** On which items of checklists most was found. */
  'library.statistics': procedure(filters).returns<LibraryStatistics>(),
}
