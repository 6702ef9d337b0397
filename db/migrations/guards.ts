const VERBS = [
  ['insert', 'create', 'NEW'],
  ['update', 'update', 'OLD'],
  ['delete', 'delete', 'OLD'],
] as const

/**
 * Triggers that let a table change only together with an operation: the operation leaves a ticket in `op_pending`, the change of
 * state uses it up. SQL expressions say which entity and id a row has; they are given the row, `NEW` or `OLD`.
 */
export const opGuards = (table: string, entity: (row: string) => string, key: (row: string) => string): string =>
  VERBS.map(([verb, kind, row]) => {
    const ticket = `entity = ${entity(row)} AND entity_id = CAST(${key(row)} AS BLOB) AND kind = '${kind}'`
    return `
    CREATE TRIGGER ${table}_${verb}_needs_op BEFORE ${verb.toUpperCase()} ON ${table}
    WHEN NOT EXISTS (SELECT 1 FROM op_pending WHERE ${ticket})
    BEGIN SELECT RAISE(ABORT, 'no operation recorded for ${table}'); END;
    CREATE TRIGGER ${table}_${verb}_uses_op AFTER ${verb.toUpperCase()} ON ${table}
    BEGIN DELETE FROM op_pending WHERE ${ticket}; END;`
  }).join('')
