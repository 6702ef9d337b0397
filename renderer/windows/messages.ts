import * as z from 'zod'
import { featureSetSchema } from '#core/attributes/feature-set.ts'
import { PAIR, WINDOW_PANELS } from '#core/windows/address.ts'

const metres = z.number().min(-1e9).max(1e9)
const place = z.tuple([metres, metres])
const name = z.string().max(300)
const count = z.number().int().min(0)
const fids = z.array(z.number().int()).max(200_000)
const mark = z.looseObject({ kind: name, xyM: z.array(metres).max(20_000) })

/** What both windows know of the same desk, by what it is about. Lists and names are checked as far as the screen relies on them. */
export const SHARED = {
  desk: z.strictObject({
    item: name.nullable(),
    checklistId: name.nullable(),
    highlights: z.array(z.strictObject({ role: name, fids, request: count })).max(1000),
    findingDraft: z.looseObject({ kind: z.enum(['new', 'edit']), mark: mark.optional() }).nullable(),
  }),
  table: z.strictObject({
    planId: name.nullable(),
    layerId: name.nullable(),
    where: z.string().max(2000),
    isOnlySelected: z.boolean(),
    selection: z.map(name, featureSetSchema),
    row: z.strictObject({ layerId: name, fid: z.number().int(), request: count }).nullable(),
    zoom: count,
  }),
  findings: z.strictObject({
    opened: name.nullable(),
    focus: z.strictObject({ id: name, request: count }).nullable(),
    drawing: z
      .strictObject({
        draft: mark.extend({ isSnapping: z.boolean(), mode: z.enum(['draw', 'edit']), held: z.number().nullable() }),
        finding: z.looseObject({ id: name }).nullable(),
      })
      .nullable(),
  }),
  option: z.strictObject({
    optionId: name.nullable(),
    tool: name,
    source: name.nullable(),
    chosen: z.array(z.strictObject({ layerId: name.nullable(), fid: z.number(), title: name })).max(200_000),
    code: name.nullable(),
    role: name,
    kind: z.enum(['polygon', 'line', 'point']),
    draft: z.array(place).max(20_000),
    written: z.record(z.string(), z.string()),
    reshaped: z.looseObject({ kind: name }).nullable(),
    snaps: z.boolean(),
  }),
  overlays: z.strictObject({
    planId: name.nullable(),
    choices: z.strictObject({
      shown: z.array(name).max(500),
      opacity: z.record(z.string(), z.number().min(0).max(1)),
      parameters: z.record(z.string(), z.record(z.string(), z.number())),
      isNumbered: z.boolean(),
      isFaded: z.boolean(),
    }),
    focus: z.strictObject({ overlay: name, part: name, row: count, move: z.boolean(), request: count }).nullable(),
  }),
  windows: z.strictObject({ isFollowing: z.boolean() }),
} as const

export type SharedName = keyof typeof SHARED

const planId = z.string().regex(/^[\w-]{1,64}$/)
const from = { greenprint: z.literal('windows/1'), pair: z.string().regex(PAIR), from: z.enum(['first', 'second']) }

const messageSchema = z.discriminatedUnion('kind', [
  /** Who else is there? */
  z.strictObject({ ...from, kind: z.literal('who') }),
  /** A second window is; `isNew` asks for all that is shared. */
  z.strictObject({ ...from, kind: z.literal('here'), panel: z.enum(WINDOW_PANELS), isNew: z.boolean() }),
  /** It is going. */
  z.strictObject({ ...from, kind: z.literal('bye') }),
  /** It is to go, or to come to the front. */
  z.strictObject({ ...from, kind: z.enum(['close', 'focus']) }),
  /** The plan on the first window's desk. */
  z.strictObject({ ...from, kind: z.literal('plan'), planId }),
  z.strictObject({ ...from, kind: z.literal('shared'), name: z.enum(Object.keys(SHARED) as SharedName[]), value: z.unknown() }),
  /** Where the map of the desk looks, and where the pointer is on it. */
  z.strictObject({ ...from, kind: z.literal('sight'), planId, centre: place, metresPerPixel: z.number().positive().max(1e6) }),
  z.strictObject({ ...from, kind: z.literal('cross'), planId, at: place.nullable() }),
])

export type WindowMessage = z.infer<typeof messageSchema>

/** A message as it comes from another window: what it says, or why it says nothing to us. Another pair's talk is none of our business. */
export function readMessage(data: unknown, pair: string): { message: WindowMessage } | { ignored: string | null } {
  if (typeof data === 'object' && data !== null && 'pair' in data && typeof data.pair === 'string' && PAIR.test(data.pair)) {
    if (data.pair !== pair) return { ignored: null }
  }
  const read = messageSchema.safeParse(data)
  if (!read.success) return { ignored: problem(read.error) }
  const message = read.data
  if (message.kind !== 'shared') return { message }
  const value = SHARED[message.name].safeParse(message.value)
  return value.success ? { message: { ...message, value: value.data } } : { ignored: `${message.name}: ${problem(value.error)}` }
}

const problem = ({ issues }: z.ZodError): string =>
  issues
    .slice(0, 2)
    .map(({ path, message }) => [path.map(String).join('.'), message].filter((part) => part !== '').join(': '))
    .join('; ')
    .slice(0, 300)
