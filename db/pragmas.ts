import Database from 'better-sqlite3'

/** Before 3.51.3 two connections that checkpoint at once could corrupt a WAL database. */
const OLDEST_SQLITE = [3, 51, 3] as const

const simple = (database: Database.Database, pragma: string): unknown => database.pragma(pragma, { simple: true })

/** @throws a bug report: the product was built with an SQLite that can lose data */
export function assertSqliteVersion(database: Database.Database): void {
  const row = database.prepare<[], { version: string }>('SELECT sqlite_version() AS version').get()
  const found = (row?.version ?? '').split('.').map(Number)
  for (const [index, wanted] of OLDEST_SQLITE.entries()) {
    const part = found[index] ?? 0
    if (part > wanted) return
    if (part < wanted) throw new Error(`SQLite ${row?.version} is older than ${OLDEST_SQLITE.join('.')}`)
  }
}

/** Safe reading, for every connection whether it writes or not. */
export function harden(database: Database.Database): void {
  assertSqliteVersion(database)
  for (const pragma of ['foreign_keys=ON', 'recursive_triggers=ON', 'trusted_schema=OFF', 'cell_size_check=ON'])
    database.pragma(pragma)
  if (simple(database, 'writable_schema') !== 0) throw new Error('writable_schema is on')
}

/**
 * Settings of the one writing connection. This SQLite is compiled with DEFAULT_WAL_SYNCHRONOUS=1, which drops to NORMAL at the
 * first write unless FULL was set by hand; NORMAL loses acknowledged edits at a power loss. So: set, write, look.
 */
export function configureWriter(database: Database.Database): void {
  harden(database)
  const wanted = ['journal_mode=WAL', 'synchronous=FULL', 'checkpoint_fullfsync=ON', 'secure_delete=ON']
  for (const pragma of [...wanted, 'journal_size_limit=67108864', 'wal_autocheckpoint=0']) database.pragma(pragma)
  const version = Number(simple(database, 'user_version'))
  // Writing back what is there is a real write transaction and changes nothing.
  database.transaction(() => database.pragma(`user_version=${version}`)).immediate()
  const found = {
    journal_mode: simple(database, 'journal_mode'),
    synchronous: simple(database, 'synchronous'),
    foreign_keys: simple(database, 'foreign_keys'),
    recursive_triggers: simple(database, 'recursive_triggers'),
    trusted_schema: simple(database, 'trusted_schema'),
    wal_autocheckpoint: simple(database, 'wal_autocheckpoint'),
  }
  const expected = {
    journal_mode: 'wal',
    synchronous: 2,
    foreign_keys: 1,
    recursive_triggers: 1,
    trusted_schema: 0,
    wal_autocheckpoint: 0,
  }
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`SQLite did not keep its settings: ${JSON.stringify(found)}`)
}

/** First complaint of SQLite's own check, or null. `quick` skips comparing indexes with their tables. */
export function findDamage(database: Database.Database, depth: 'quick' | 'full'): string | null {
  const verdict = String(simple(database, depth === 'quick' ? 'quick_check(1)' : 'integrity_check(1)'))
  if (verdict !== 'ok') return verdict
  const orphans = database.pragma('foreign_key_check') as { table: string; parent: string }[]
  const first = orphans[0]
  return first === undefined ? null : `${orphans.length} rows without their parent (${first.table} → ${first.parent})`
}
