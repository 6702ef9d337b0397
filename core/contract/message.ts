import type { Message } from './port.ts'

const isId = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0
const isText = (value: unknown): value is string => typeof value === 'string'
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * Whether something that came through a port is a message at all. The other side may be hostile, so both ends ask this before
 * they look at a field; whatever is not a message is dropped, for there is no id to answer to.
 */
export function isMessage(value: unknown): value is Message {
  if (!isRecord(value)) return false
  switch (value['t']) {
    case 'call':
      return isId(value['id']) && isText(value['name'])
    case 'error':
      return isId(value['id']) && isText(value['code']) && isRecord(value['params'])
    case 'result':
    case 'progress':
    case 'cancel':
      return isId(value['id'])
    case 'event':
      return isText(value['name'])
    default:
      return false
  }
}
