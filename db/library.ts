import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { foldText } from '#core/library/fold.ts'
import { INDEXED_LENGTH, indexPhrase, lengthOf, likePattern, type LibraryQuery } from '#core/library/query.ts'
import { placesOf, type FoundPlace, type MemoHead, type MemoSource, type Reading, type ReadMemo } from '#core/library/reading.ts'
import type { MemoKindId } from '#core/memo/memo-kinds.ts'
import type { LibraryMemoId } from '#core/model/ids.ts'
import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

/** A memo of the library without what it says. */
export interface StoredMemo {
  id: LibraryMemoId
  sha256: string
  source: MemoSource
  addedBy: string
  addedAt: string
  series: string
  reviewId: string | null
  onDate: string
  office: string
  kind: MemoKindId | null
  head: MemoHead
}

type Row = Omit<StoredMemo, 'head'> & { head: string }

const COLUMNS = `id, sha256, source, added_by AS addedBy, added_at AS addedAt, series, review_id AS reviewId, on_date AS onDate, office, kind, head`

const stored = (row: Row): StoredMemo => ({ ...row, head: fromJson<MemoHead>(row.head) })

/** Words of three characters are found by the index, shorter ones in the texts: in 100,000 texts that takes 50 ms, see `build/bench/library.ts`. */
function condition({ terms }: LibraryQuery): { from: string; sql: string; values: string[] } {
  const long = terms.filter((term) => lengthOf(term) >= INDEXED_LENGTH)
  const short = terms.filter((term) => lengthOf(term) < INDEXED_LENGTH)
  const isIndexed = long.length > 0
  return {
    from: isIndexed ? 'library_index JOIN library_texts ON library_texts.id = library_index.rowid' : 'library_texts',
    sql: [
      ...(isIndexed ? ['library_index MATCH ?'] : []),
      ...short.map(() => String.raw`library_texts.folded LIKE ? ESCAPE '\'`),
    ].join(' AND '),
    values: [...(long.length === 0 ? [] : [long.map(indexPhrase).join(' AND ')]), ...short.map(likePattern)],
  }
}

/** Findings before the notes under them, reasons, and what is only a title. */
const PLACE_ORDER = `CASE place WHEN 'finding' THEN 0 WHEN 'reason' THEN 1 WHEN 'note' THEN 2 ELSE 3 END`

export const libraryReader = (db: ReadableDb) => {
  const all = db.prepare<[], Row>(`SELECT ${COLUMNS} FROM library ORDER BY on_date DESC, id`)
  const one = db.prepare<[string], Row & { reading: Buffer | null }>(`SELECT ${COLUMNS}, reading FROM library WHERE id = ?`)
  const ofFile = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM library WHERE sha256 = ?`)
  const ofSeries = db.prepare<[string], Row>(`SELECT ${COLUMNS} FROM library WHERE series = ? ORDER BY on_date, added_at, id`)
  return {
    /** The latest first. */
    list: (): StoredMemo[] => all.all().map(stored),
    find(id: LibraryMemoId): (StoredMemo & { reading: Reading | null }) | undefined {
      const row = one.get(id)
      if (row === undefined) return undefined
      const { reading, ...rest } = row
      return { ...stored(rest), reading: reading && fromJson<Reading>(inflateRawSync(reading).toString('utf8')) }
    },
    ofFile: (sha256: string): StoredMemo[] => ofFile.all(sha256).map(stored),
    /** Oldest first. */
    ofSeries: (series: string): StoredMemo[] => ofSeries.all(series).map(stored),
    /** Memos with texts in which all terms stand, and how many such texts each has. A query without terms finds nothing. */
    search(query: LibraryQuery): Map<string, number> {
      if (query.terms.length === 0) return new Map()
      const { from, sql, values } = condition(query)
      const found = db.prepare<string[], { memo: string; count: number }>(
        `SELECT memo, count(*) AS count FROM ${from} WHERE ${sql} GROUP BY memo`,
      )
      return new Map(found.all(...values).map(({ memo, count }) => [memo, count]))
    },
    /** The first texts of one memo in which all terms stand. */
    placesIn(id: LibraryMemoId, { terms }: LibraryQuery, most: number): FoundPlace[] {
      if (terms.length === 0) return []
      const likes = terms.map(() => String.raw`AND folded LIKE ? ESCAPE '\'`).join(' ')
      const found = db.prepare<(string | number)[], FoundPlace>(
        `SELECT place, ref, item, severity, text FROM library_texts WHERE memo = ? ${likes} ORDER BY ${PLACE_ORDER}, id LIMIT ?`,
      )
      return found.all(id, ...terms.map(likePattern), most)
    },
  }
}

/** Of a memo that is read again from the same bytes; the hash alone would not tell the reviews of one package apart. */
export const libraryId = ({ sha256, part }: Pick<ReadMemo, 'sha256' | 'part'>): LibraryMemoId =>
  `${sha256.slice(0, 48)}-${part}` as LibraryMemoId

export interface Entering {
  memo: ReadMemo
  source: MemoSource
  by: string
  at: string
}

export const libraryWriter = (db: WritableDb) => {
  const insert = db.prepare<(string | null | Buffer)[]>(
    `INSERT INTO library (id, sha256, source, added_by, added_at, series, review_id, on_date, office, kind, head, reading)
     VALUES (?,?,?,?,?,?,?,?,?,?,?,?)`,
  )
  const insertText = db.prepare<(string | null)[]>(
    'INSERT INTO library_texts (memo, place, ref, item, severity, text, folded) VALUES (?,?,?,?,?,?,?)',
  )
  const removeTexts = db.prepare<[string]>('DELETE FROM library_texts WHERE memo = ?')
  const remove = db.prepare<[string]>('DELETE FROM library WHERE id = ?')
  const setSource = db.prepare<[MemoSource, string]>('UPDATE library SET source = ? WHERE sha256 = ?')
  const take = (id: string): boolean => {
    removeTexts.run(id)
    return remove.run(id) > 0
  }
  return {
    ...libraryReader(db),
    /** In place of what was known of the same bytes. */
    put({ memo, source, by, at }: Entering): LibraryMemoId {
      const id = libraryId(memo)
      const { sha256, series, reviewId, onDate, office, kind, head, reading } = memo
      take(id)
      const packed = reading && deflateRawSync(Buffer.from(toJson(reading), 'utf8'))
      insert.run(id, sha256, source, by, at, series, reviewId, onDate, office, kind, toJson(head), packed)
      for (const { place, ref, item, severity, text } of placesOf(memo))
        insertText.run(id, place, ref, item, severity, text, foldText(text))
      return id
    },
    setSource: (sha256: string, source: MemoSource): void => void setSource.run(source, sha256),
    /** False when there was none. */
    remove: take,
  }
}
