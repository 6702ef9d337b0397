import type { ShellApi } from '#core/contract/shell-api.ts'

declare global {
  interface Window {
    /** Only inside Electron; its absence means the loopback host. */
    greenprint?: ShellApi
  }
}
