import path from 'node:path'
import { stat } from 'node:fs/promises'
import type {
  ItemStatistics,
  LibraryFilters,
  LibraryList,
  LibraryMemo,
  LibraryRead,
  LibraryReceipt,
  LibraryStatistics,
} from '#core/contract/library-procedures.ts'
import type { CallContext, Input } from '#core/contract/procedures.ts'
import { AppError } from '#core/errors.ts'
import { parseQuery, type LibraryQuery } from '#core/library/query.ts'
import { memoOfRecord, memosOfOperations, seriesOf } from '#core/library/read-memo.ts'
import type { MemoForm, MemoSource, ReadMemo } from '#core/library/reading.ts'
import { snippetOf } from '#core/library/snippet.ts'
import type { SealedResult } from '#core/memo/seal.ts'
import type { ExportedFile } from '#core/contract/exported-file.ts'
import type { LibraryMemoId, ReviewId } from '#core/model/ids.ts'
import { bilingual } from '#core/text.ts'
import { without } from '#core/without.ts'
import type { Actor } from '#db/actor.ts'
import type { Catalogue } from '#db/catalogue.ts'
import type { StoredMemo } from '#db/library.ts'
import type { FileTokens } from '../backend.ts'
import type { Log } from '../log.ts'
import type { OpenedPackage } from '../share/package-files.ts'
import { hashOfFile, type PackageContent } from '../share/package-writer.ts'
import { facetsOf, matching } from './facets.ts'
import { filesBelow, mayCarryReview, type FoundFile } from './memo-files.ts'
import { memoOfFile, memosOfOpened, readMemos, type ReadingDesk } from './read-memos.ts'

export interface LibraryService {
  list(input: Input<'library.list'>): LibraryList
  /** @throws AppError 'library.gone' */
  get(memoId: LibraryMemoId): LibraryRead
  add(input: Input<'library.add'>, call: CallContext): Promise<LibraryReceipt>
  remove(memoIds: readonly LibraryMemoId[]): { removed: number }
  statistics(filters: LibraryFilters): LibraryStatistics
  /** Notes a package or memo that was opened to be looked at. One that was encrypted is left out: what was locked stays so. */
  opened(opened: OpenedPackage): void
  openedRecord(file: string, record: SealedResult): Promise<void>
  received(sha256s: readonly string[]): void
  exported(input: Input<'memo.export'>, file: ExportedFile, record: SealedResult): void
  /** Notes the reviews of a package that left. */
  packed(file: ExportedFile, content: Pick<PackageContent, 'ops' | 'checklists'>): void
}

interface Dependencies extends ReadingDesk {
  catalogue: Catalogue
  tokens: FileTokens
  actor: () => Actor
  /** What a blind round hides is hidden here, too. */
  isVisible: (reviewId: ReviewId) => boolean
  log: Pick<Log, 'bug'>
  /** Told when there is something else to be shown. */
  changed: () => void
}

const READING = bilingual('正在读取意见书', 'Reading memos')
const USUAL_LIMIT = 60
const SHOWN_HITS = 3
/** Not damaged: of another kind, or locked. They are told, and not kept. */
const NOT_KEPT = ['share.not-a-package', 'memo.not-a-memo', 'share.passphrase-needed', 'share.wrong-passphrase', 'share.newer']
const OTHERS = ['share.not-a-package', 'memo.not-a-memo']
const FORMS: Partial<Record<Input<'memo.export'>['format'], MemoForm>> = {
  pdf: 'pdf',
  html: 'html',
  json: 'json',
  greenprint: 'package',
}

/** Memos of every office, found again by their words and read without their files and plans. */
export function createLibraryService(desk: Dependencies): LibraryService {
  const { catalogue, tokens, actor } = desk

  /** Memos that may be seen now, the latest first. */
  function visible(): StoredMemo[] {
    const ids = new Set<string>()
    const series = new Set<string>()
    for (const plan of catalogue.plans.list()) {
      for (const review of catalogue.reviews.ofPlan(plan.id)) {
        if (desk.isVisible(review.id)) continue
        ids.add(review.id)
        const { gpkgSha256 } = catalogue.plans.get(plan.id)
        series.add(seriesOf(gpkgSha256, review.reviewer, review.startedAt, review.checklistId))
      }
    }
    return catalogue.library.list().filter((memo) => !ids.has(memo.reviewId ?? '') && !series.has(memo.series))
  }

  const shown = (memo: StoredMemo, all: readonly StoredMemo[], query: LibraryQuery, hitCount: number): LibraryMemo => {
    const { series } = memo
    const rest = without(memo, 'sha256', 'reviewId', 'series')
    const own = all.filter((one) => one.series === series).toSorted(byAge)
    const hits = catalogue.library
      .placesIn(memo.id, query, SHOWN_HITS)
      .map(({ text, ...place }) => ({ ...place, snippet: snippetOf(text, query.terms) }))
    return { ...rest, version: own.findIndex(({ id }) => id === memo.id) + 1, versions: own.length, hits, hitCount }
  }

  const found = (filters: LibraryFilters) => {
    const all = visible()
    const query = parseQuery(filters.query)
    const counts = catalogue.library.search(query)
    const told = query.terms.length === 0 ? all : all.filter(({ id }) => counts.has(id))
    const kept = filters.latest === true ? told.filter((memo) => isLatest(memo, all)) : told
    return { all, query, counts, kept }
  }

  const enter = (memos: readonly ReadMemo[], source: MemoSource): number => {
    const entered = catalogue.readOnly === null ? catalogue.commands.addToLibrary(memos, source, actor()) : 0
    if (entered > 0) desk.changed()
    return entered
  }

  /** What is noted by the way never stands in the way of what a person asked for. */
  const byTheWay = (work: () => void): void => {
    try {
      work()
    } catch (error) {
      desk.log.bug(error, 'library')
    }
  }

  async function addOne({ file, isChosen }: FoundFile, passphrase: string | null, call: CallContext, receipt: LibraryReceipt) {
    const fileName = path.basename(file)
    try {
      if (!isChosen && !(await mayCarryReview(file))) {
        receipt.others += 1
        return
      }
      const memos = await readMemos(desk, file, passphrase, call.signal)
      if (enter(memos, 'added') > 0) receipt.added += 1
      else receipt.already += 1
    } catch (error) {
      const expected = asExpected(error, fileName)
      if (expected.code === 'request.cancelled' || expected.code.startsWith('catalogue.')) throw expected
      const isOther = OTHERS.includes(expected.code) && !fileName.toLowerCase().endsWith('.greenprint')
      if (isOther && !isChosen) {
        receipt.others += 1
        return
      }
      const problem = expected.toWire()
      receipt.damaged.push({ fileName, problem })
      if (!NOT_KEPT.includes(expected.code)) enter([await damagedMemo(file, problem)], 'added')
    }
  }

  return {
    list({ limit = USUAL_LIMIT, ...filters }) {
      const { all, query, counts, kept } = found(filters)
      const list = kept.filter((memo) => matching(memo, filters))
      const sorted = query.terms.length === 0 ? list : list.toSorted((a, b) => (counts.get(b.id) ?? 0) - (counts.get(a.id) ?? 0))
      return {
        memos: sorted.slice(0, limit).map((memo) => shown(memo, all, query, counts.get(memo.id) ?? 0)),
        found: list.length,
        all: all.length,
        facets: facetsOf(kept, filters),
      }
    },
    get(memoId) {
      const all = visible()
      const seen = all.find(({ id }) => id === memoId)
      const whole = seen && catalogue.library.find(memoId)
      if (seen === undefined || whole === undefined) throw new AppError('library.gone', {})
      const series = all.filter((one) => one.series === seen.series).toSorted(byAge)
      return {
        memo: shown(seen, all, { terms: [] }, 0),
        reading: whole.reading,
        series: series.map(({ id, onDate, head: { fileName, form, total, round, sealState } }) => ({
          id,
          onDate,
          head: { fileName, form, total, round, sealState },
        })),
      }
    },
    async add({ files, passphrase }, call) {
      const paths = tokens.paths(files)
      if (paths === undefined || paths.length === 0) throw new AppError('import.files-gone', {})
      if (catalogue.readOnly !== null) throw new AppError('catalogue.read-only', { reason: catalogue.readOnly.reason })
      const receipt: LibraryReceipt = { added: 0, already: 0, damaged: [], others: 0 }
      const list = await filesBelow(paths)
      for (const [at, one] of list.entries()) {
        if (call.signal.aborted) throw new AppError('request.cancelled', { procedure: 'library.add' })
        call.progress({ done: at, total: list.length, label: READING })
        await addOne(one, passphrase, call, receipt)
      }
      return receipt
    },
    remove(memoIds) {
      const may = new Set(visible().map(({ id }) => id))
      const ids = memoIds.filter((id) => may.has(id))
      const removed = ids.length === 0 ? 0 : catalogue.commands.removeFromLibrary(ids, actor())
      desk.changed()
      return { removed }
    },
    statistics(filters) {
      const { all, kept } = found(filters)
      // Versions of one review would count a finding again and again.
      const list = kept.filter((memo) => matching(memo, filters) && isLatest(memo, all))
      return statisticsOf(list)
    },
    opened: (opened) => {
      if (!opened.isEncrypted) byTheWay(() => void enter(memosOfOpened(opened), 'opened'))
    },
    async openedRecord(file, record) {
      const memo = await memoOfFile(file, record, desk.findChecklist)
      byTheWay(() => void enter([memo], 'opened'))
    },
    received: (sha256s) =>
      byTheWay(() => {
        if (catalogue.readOnly === null) catalogue.commands.raiseSource(sha256s, 'received')
        desk.changed()
      }),
    packed: (file, { ops, checklists }) =>
      byTheWay(() => void enter(memosOfOperations({ ...file, form: 'package' }, ops, checklists), 'exported')),
    exported({ reviewId, format, options = {} }, file, record) {
      const form = FORMS[format]
      if (form === undefined) return
      byTheWay(() => {
        const { fileName, sha256, sizeBytes } = file
        const remarks = catalogue.findings.ofReview(reviewId).map(({ id }) => [id, catalogue.records.of('remark', id)] as const)
        const notes = new Map<string, { text: string; by: string; at: string }[]>(remarks)
        const { checklist } = record
        const memo = memoOfRecord(record, { fileName, sha256, sizeBytes, form }, 'match', {
          checklist: desk.findChecklist(checklist.id, checklist.version),
          notes,
          reviewId,
          office: options.office ?? '',
          round: null,
        })
        enter([{ ...memo, kind: format === 'pdf' || format === 'html' ? (options.kind ?? 'special') : null }], 'exported')
      })
    },
  }
}

const byAge = (a: StoredMemo, b: StoredMemo): number =>
  a.onDate.localeCompare(b.onDate) || a.addedAt.localeCompare(b.addedAt) || a.id.localeCompare(b.id)

const isLatest = (memo: StoredMemo, all: readonly StoredMemo[]): boolean =>
  !memo.head.problem && all.filter((one) => one.series === memo.series).every((one) => byAge(one, memo) <= 0)

/** What the disk itself refuses is an expected failure of this file. */
function asExpected(error: unknown, file: string): AppError {
  if (error instanceof AppError) return error
  const code = (error as NodeJS.ErrnoException | null)?.code
  if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error
  return new AppError('share.unreadable', { file }, { cause: error })
}

/** A file that cannot be read is an entry all the same: with its name and the reason. */
async function damagedMemo(file: string, problem: NonNullable<ReadMemo['head']['problem']>): Promise<ReadMemo> {
  const fileName = path.basename(file)
  const info = await stat(file)
  const sha256 = await hashOfFile(file)
  return {
    sha256,
    part: 0,
    series: `damaged ${sha256}`,
    reviewId: null,
    onDate: info.mtime.toISOString(),
    office: '',
    kind: null,
    head: {
      fileName,
      sizeBytes: info.size,
      form: fileName.toLowerCase().endsWith('.pdf') ? 'pdf' : 'package',
      plan: { name: fileName, nameZh: null },
      reviewer: '',
      checklist: { id: '', version: '' },
      round: null,
      total: null,
      coverage: null,
      opinion: null,
      dimensions: [],
      counts: { must: 0, should: 0, note: 0 },
      withdrawn: 0,
      byItem: [],
      seal: null,
      sealState: 'none',
      differsAt: null,
      problem,
    },
    reading: null,
  }
}

function statisticsOf(list: readonly StoredMemo[]): LibraryStatistics {
  const items = new Map<string, ItemStatistics>()
  for (const { item, title, must, should, note } of list.flatMap(({ head }) => head.byItem)) {
    const sum = items.get(item) ?? { item, title, memos: 0, must: 0, should: 0, note: 0 }
    items.set(item, {
      item,
      title: sum.title ?? title,
      memos: sum.memos + 1,
      must: sum.must + must,
      should: sum.should + should,
      note: sum.note + note,
    })
  }
  const weight = ({ must, should, note }: ItemStatistics) => must + should + note
  const sorted = [...items.values()].toSorted((a, b) => weight(b) - weight(a) || b.must - a.must || (a.item < b.item ? -1 : 1))
  return { memos: list.length, findings: sorted.reduce((sum, item) => sum + weight(item), 0), items: sorted }
}
