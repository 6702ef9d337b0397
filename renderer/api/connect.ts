import { connectClient, type Client } from '#core/contract/client.ts'
import { messagePort } from '#core/contract/message-port.ts'
import { PAGE_PORT, PAGE_READY } from '#core/contract/shell-api.ts'
import { openSocketPort, type SocketLike } from '#core/contract/socket-port.ts'
import { helloToken, keepSession } from './session.ts'

/** Asks the preload script for a port; asked again, it closes the earlier one and brings a new one. */
const portFromPreload = (): Promise<MessagePort> =>
  new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== PAGE_PORT || !port) return
      window.removeEventListener('message', receive)
      resolve(port)
    }
    window.addEventListener('message', receive)
    window.postMessage(PAGE_READY, window.location.origin)
  })

async function connectToLoopback(): Promise<Client> {
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/rpc`
  // The browser's send() accepts any buffer; the contract's socket names only the kinds it uses.
  const { port, welcome } = await openSocketPort(new WebSocket(address) as SocketLike, helloToken())
  keepSession(welcome)
  return connectClient(port)
}

/** Connects through whatever host opened this page: the Electron preload's port, or the loopback host's socket. */
export async function connect(): Promise<Client> {
  if (import.meta.env.DEV && new URLSearchParams(location.search).has('fake')) {
    const { fakeClient } = await import('./fake/fake-client.ts')
    return fakeClient()
  }
  if (window.greenprint) return connectClient(messagePort(await portFromPreload()))
  return connectToLoopback()
}
