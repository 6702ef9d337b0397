import type { ActDeps } from './acts.ts'
import type { Act } from './audit.ts'

/** Work and its entry in the audit chain in one transaction: both are kept, or neither. */
export const auditedWith =
  ({ audit, transact }: Pick<ActDeps, 'audit' | 'transact'>) =>
  <T>(act: Act, work: () => T): T => {
    let hash: Buffer | null = null
    return transact(
      () => {
        const value = work()
        hash = audit.append(act)
        return value
      },
      () => hash !== null && audit.has(hash),
    )
  }
