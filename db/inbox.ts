import type { ReadableDb, WritableDb } from './connection.ts'
import { fromJson, toJson } from './json.ts'

/** What became of a file of an inbox, by the hash of its bytes, wherever it lay. */
export type SeenState = 'seen' | 'taken' | 'dismissed'

/** Folder of another office, to which packages are handed. */
export interface Outbox {
  id: string
  name: string
  folder: string
}

/** Where files come in and where they go. */
export interface InboxPlaces {
  folder: string | null
  outboxes: Outbox[]
}

const KEY = 'inbox'
const NOWHERE: InboxPlaces = { folder: null, outboxes: [] }

export const inboxReader = (db: ReadableDb) => {
  const places = db.prepare<[string], { value: string }>('SELECT value FROM settings WHERE key = ?')
  const seen = db.prepare<[], { sha256: string; state: SeenState }>('SELECT sha256, state FROM inbox_seen')
  return {
    places(): InboxPlaces {
      const row = places.get(KEY)
      return row === undefined ? NOWHERE : fromJson<InboxPlaces>(row.value)
    },
    seen: (): Map<string, SeenState> => new Map(seen.all().map(({ sha256, state }) => [sha256, state])),
  }
}

export const inboxWriter = (db: WritableDb) => {
  const put = db.prepare<[string, string]>(
    'INSERT INTO settings (key, value) VALUES (?,?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  )
  const mark = db.prepare<[string, string, SeenState, string]>(
    `INSERT INTO inbox_seen (sha256, file_name, state, at) VALUES (?,?,?,?)
     ON CONFLICT (sha256) DO UPDATE SET state = excluded.state, at = excluded.at`,
  )
  return {
    ...inboxReader(db),
    setPlaces: (places: InboxPlaces): void => void put.run(KEY, toJson(places)),
    mark: (sha256: string, fileName: string, state: SeenState, at: string): void => void mark.run(sha256, fileName, state, at),
  }
}
