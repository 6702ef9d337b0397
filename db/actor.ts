/** Who acts, as the operation log and the audit log name them. The office may be empty. */
export interface Actor {
  name: string
  office: string
}

/** The program itself: opening, backups, seals. */
export const SYSTEM: Actor = { name: 'greenprint', office: '' }

/** The wall clock; tests turn it. Order never depends on it. */
export type Clock = () => Date
