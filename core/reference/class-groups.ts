import * as z from 'zod'
import json from '../../resources/reference/class-groups.json' with { type: 'json' }
import { bilingualText, provenance } from './provenance.ts'

const codes = z.array(z.string().regex(/^(\d{2}){1,3}$/))

const groupSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9_]+$/),
  title: bilingualText,
  rule: z.strictObject({
    include: codes.min(1),
    exclude: codes,
    /** Bare first-level codes that count although only some of their children do. */
    coarse: codes,
    /** Codes that join only when asked for. */
    optional: codes,
    /** Codes whose membership needs another fact than the class; `counted` is what happens without it. */
    conditional: z.array(z.strictObject({ codes: codes.min(1), counted: z.boolean(), when: bilingualText })),
  }),
  note: bilingualText.optional(),
  ...provenance,
})

/** Groups of classes by which indicators count land. */
export const classGroupsSchema = z.strictObject({
  greenprint: z.literal('class-groups/1'),
  remark: bilingualText,
  groups: z.array(groupSchema),
})

export type ClassGroup = z.infer<typeof groupSchema>

export const CLASS_GROUPS: readonly ClassGroup[] = classGroupsSchema.parse(json).groups

/** The group itself, with its title, source and conditions, for method sentences and the memo. */
export function classGroupInfo(id: string): ClassGroup {
  const group = CLASS_GROUPS.find((candidate) => candidate.id === id)
  if (group === undefined) throw new Error(`class-groups.json has no group "${id}"`)
  return group
}

/**
 * Membership test of a group, for 2023 codes of any length; the longest matching code of the rule decides, and what no code of
 * the rule matches is outside. `optional` adds the group's optional codes; `otherwise` names conditional entries (by their place in the
 * rule) that are read the other way than by default, to learn what they weigh.
 * @throws Error for an unknown group: group ids are written in code, so that is a bug.
 */
export function classGroup(
  id: string,
  options: { optional?: boolean; otherwise?: readonly number[] } = {},
): (code: string) => boolean {
  const { rule } = classGroupInfo(id)
  const decision = new Map<string, boolean>()
  for (const code of rule.include) decision.set(code, true)
  for (const code of rule.exclude) decision.set(code, false)
  for (const [at, { codes: list, counted }] of rule.conditional.entries()) {
    for (const code of list) decision.set(code, counted !== (options.otherwise?.includes(at) ?? false))
  }
  if (options.optional === true) for (const code of rule.optional) decision.set(code, true)
  const coarse = new Set(rule.coarse)
  return (code) => {
    for (let length = code.length; length >= 2; length--) {
      const decided = decision.get(code.slice(0, length))
      if (decided !== undefined) return decided
    }
    return coarse.has(code)
  }
}
