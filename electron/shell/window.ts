import type { BrowserWindowConstructorOptions } from 'electron'

/**
 * The one kind of window. Keys that weaken a page (webSecurity, allowRunningInsecureContent, experimentalFeatures,
 * enableBlinkFeatures) are never set; a test keeps this list as it is.
 */
export const windowOptions = (preload: string, developing: boolean) =>
  ({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: '绿图 Greenprint',
    backgroundColor: '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
      devTools: developing,
    },
  }) satisfies BrowserWindowConstructorOptions

/** What the file dialog offers; any file may be chosen, its content decides what it is. */
export const dialogFor = (what: unknown) =>
  what === 'folder'
    ? { properties: ['openDirectory' as const] }
    : { properties: ['openFile' as const, 'multiSelections' as const, 'dontAddToRecent' as const] }
