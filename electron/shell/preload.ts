import { contextBridge, ipcRenderer, webUtils } from 'electron'
import { CHANNELS, PAGE_PORT, PAGE_READY, type ShellApi } from '#core/contract/shell-api.ts'

/* The page gets one port and three functions. Paths of dropped files go to the main process and never to the page. */

window.addEventListener('message', (event) => {
  if (event.source === window && event.data === PAGE_READY) ipcRenderer.send(CHANNELS.ready)
})
ipcRenderer.on(CHANNELS.port, (event) => window.postMessage(PAGE_PORT, window.location.origin, event.ports))

const api: ShellApi = {
  pickFiles(what) {
    if (typeof what === 'string') return ipcRenderer.invoke(CHANNELS.pickFiles, what)
    return ipcRenderer.invoke(
      CHANNELS.registerDropped,
      what.map((file) => webUtils.getPathForFile(file as File)),
    )
  },
  pickSavePath: (fileName) => ipcRenderer.invoke(CHANNELS.pickSavePath, fileName),
  reveal: (saved) => ipcRenderer.invoke(CHANNELS.reveal, saved),
}
contextBridge.exposeInMainWorld('greenprint', api)
