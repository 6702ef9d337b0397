import type { Role } from '#core/model/roles.ts'
import { roleInfo } from '#core/model/roles.ts'
import type { Bilingual } from '#core/text.ts'

interface Joining {
  or: string
  and: string
  say: (text: Bilingual) => string
}

/** "Population or Population grid; Parks": what a plan lacks, where of every group one would do. */
export const lackWords = (lacks: readonly (readonly Role[])[], { or, and, say }: Joining): string =>
  lacks.map((group) => group.map((role) => say(roleInfo(role).title)).join(or)).join(and)
