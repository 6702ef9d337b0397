import { totalmem } from 'node:os'

const MB = 2 ** 20

/** MB that the machine has, or that this process may use of it. */
export function machineMemoryMb(): number {
  const allowed = process.constrainedMemory()
  return Math.round((allowed > 0 ? Math.min(allowed, totalmem()) : totalmem()) / MB)
}

/** MB that no program uses now. macOS counts what it would give back at once as used, so there it is all that the machine has. */
export const freeMemoryMb = (): number =>
  process.platform === 'darwin' ? machineMemoryMb() : Math.round(Math.min(process.availableMemory() / MB, machineMemoryMb()))
