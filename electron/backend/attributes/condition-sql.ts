import type { Condition } from '#core/attributes/condition.ts'

/** A piece of SQL with the values that its question marks stand for; no value and no name of a person's is ever part of the text. */
export interface Sql {
  text: string
  values: (string | number)[]
}

const joined = (parts: readonly Sql[], by: 'AND' | 'OR'): Sql => ({
  text: `(${parts.map(({ text }) => text).join(` ${by} `)})`,
  values: parts.flatMap(({ values }) => values),
})

/** A filter as SQL. `columnOf` gives the SQL of a field's value. */
export function conditionSql(condition: Condition, columnOf: (field: string) => string): Sql {
  switch (condition.kind) {
    case 'all':
    case 'any':
      return joined(
        condition.of.map((part) => conditionSql(part, columnOf)),
        condition.kind === 'all' ? 'AND' : 'OR',
      )
    case 'not': {
      const { text, values } = conditionSql(condition.of, columnOf)
      // What is not known meets neither a test nor its opposite, as in every table that people know.
      return { text: `NOT ${text}`, values }
    }
    case 'compare':
      return { text: `(${columnOf(condition.field)} ${condition.by} ?)`, values: [condition.value] }
    case 'in':
      return {
        text: `(${columnOf(condition.field)} IN (${condition.values.map(() => '?').join(', ')}))`,
        values: [...condition.values],
      }
    case 'between':
      return { text: `(${columnOf(condition.field)} BETWEEN ? AND ?)`, values: [condition.from, condition.to] }
    case 'like':
      return { text: String.raw`(${columnOf(condition.field)} LIKE ? ESCAPE '\')`, values: [condition.pattern] }
    case 'missing':
      return { text: `(${columnOf(condition.field)} IS NULL)`, values: [] }
  }
}
