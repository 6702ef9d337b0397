import { roleInfo, type Role, type RoleField } from '#core/model/roles.ts'
import { isLandClass } from '#core/reference/land-class-list.ts'

/** Attributes by our names, typed as the role says. */
export type EditValues = Record<string, string | number | boolean | null>

const YES = new Set(['1', 'true', 'yes', '是', '有'])
const NO = new Set(['0', 'false', 'no', '否', '无'])

/** What was typed, as a value of the field: nothing typed means not known; null where it cannot be read. */
export function readValue(field: RoleField, typed: string): { value: string | number | boolean | null } | null {
  const text = typed.normalize('NFKC').trim()
  if (text === '') return { value: null }
  if (field.type === 'text') return { value: text.slice(0, 500) }
  if (field.type === 'boolean') {
    const word = text.toLowerCase()
    return YES.has(word) ? { value: true } : NO.has(word) ? { value: false } : null
  }
  const number = Number(text.replace(/^(-?\d+),(\d+)$/, '$1.$2'))
  return Number.isFinite(number) ? { value: number } : null
}

/** Attributes of a drawing from what was typed; null where a field cannot be read or a land-use class is missing. */
export function drawingValues(role: Role, written: Readonly<Record<string, string>>, code: string | null): EditValues | null {
  const values: EditValues = {}
  const { fields } = roleInfo(role)
  for (const [name, field] of Object.entries(fields)) {
    if (name === 'class') continue
    const read = readValue(field, written[name] ?? '')
    if (read === null) return null
    if (read.value !== null) values[name] = read.value
  }
  if (!('class' in fields)) return values
  return code !== null && isLandClass(code) ? { ...values, class: code } : null
}

/** "116.39, 39.90" or "116.39 39.90", full-width signs too; null where it is no pair of numbers. */
export function readPair(typed: string): [number, number] | null {
  const parts = typed
    .normalize('NFKC')
    .trim()
    .split(/[\s,;、，]+/)
  const [x, y] = parts.map(Number)
  return parts.length === 2 && x !== undefined && y !== undefined && Number.isFinite(x) && Number.isFinite(y) ? [x, y] : null
}

/** "12, 15 40" as ids; what is no number is left out. */
export const readIds = (typed: string): number[] =>
  typed
    .normalize('NFKC')
    .split(/[^\d]+/)
    .filter((part) => part !== '')
    .map(Number)
