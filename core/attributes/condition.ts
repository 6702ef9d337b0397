/** What a table's cell holds. Yes and no are 1 and 0. */
export type AttributeValue = string | number | null

export type Comparison = '=' | '<>' | '<' | '<=' | '>' | '>='

/** A filter that was read and checked against the fields of a layer; `field` is a field's key. A missing value meets no comparison. */
export type Condition =
  | { kind: 'all' | 'any'; of: readonly Condition[] }
  | { kind: 'not'; of: Condition }
  | { kind: 'compare'; field: string; by: Comparison; value: string | number }
  | { kind: 'in'; field: string; values: readonly (string | number)[] }
  | { kind: 'between'; field: string; from: string | number; to: string | number }
  /** `%` stands for any text, `_` for one character, `\` before either for itself. */
  | { kind: 'like'; field: string; pattern: string }
  | { kind: 'missing'; field: string }
