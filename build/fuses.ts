/**
 * Electron's fuses as they are flipped when the application is packaged (names of @electron/fuses' FuseV1Options, all nine).
 * RunAsNode off means that child_process.fork fails inside the application: children are utility processes. Integrity of the
 * archive is checked by Electron on Windows and macOS only; on Linux the package's signature and root-owned folder stand in.
 */
export const FUSES = {
  RunAsNode: false,
  EnableCookieEncryption: true,
  EnableNodeOptionsEnvironmentVariable: false,
  EnableNodeCliInspectArguments: false,
  EnableEmbeddedAsarIntegrityValidation: true,
  OnlyLoadAppFromAsar: true,
  LoadBrowserProcessSpecificV8Snapshot: false,
  GrantFileProtocolExtraPrivileges: false,
  WasmTrapHandlers: true,
} as const
