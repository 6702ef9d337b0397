import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { WebSocketServer, type WebSocket } from 'ws'
import type { Backend } from '#backend/backend.ts'
import { pageHeaders, staticFiles } from '#backend/static-files.ts'
import { decodeFrame } from '#core/contract/frames.ts'
import { CLOSE_REFUSED, isHello, socketPort, type Welcome } from '#core/contract/socket-port.ts'
import { AppError } from '#core/errors.ts'
import type { FileToken } from '#core/model/ids.ts'
import { judge, type Asked, type Route } from './rules.ts'
import { createSessions, type Sessions } from './sessions.ts'
import { createUploads, type UploadLimits } from './upload.ts'

export const MAX_INBOUND_MESSAGE_BYTES = 8 * 1024 * 1024
const HELLO_WITHIN_MS = 2000
const MAX_HEADER_BYTES = 16 * 1024
const MAX_CONNECTIONS = 256

export interface WebHostOptions {
  backend: Backend
  /** Folder of the built screen. */
  rendererDir: string
  /** 0 chooses a free one. */
  port: number
  /** An unexpected failure of a request; returns nothing to the asker but status 500. */
  bug(error: unknown, where: string): void
  uploadLimits?: UploadLimits
  /** How long an asker may take over the header of a request, ms. */
  headersTimeoutMs?: number
}

export interface WebHost {
  /** Opens one screen, once. */
  url: string
  port: number
  /** Another one-time address, for another window. */
  invite(): string
  close(): Promise<void>
}

/** Serves the screen and the contract to browsers of this machine, and to nobody else (rules.ts says who may ask what). */
export async function serveWeb(options: WebHostOptions): Promise<WebHost> {
  const sessions = createSessions()
  const server = createServer({
    maxHeaderSize: MAX_HEADER_BYTES,
    requireHostHeader: false, // judged by our own rules, with everything else
    headersTimeout: options.headersTimeoutMs ?? 10_000,
    requestTimeout: 30 * 60_000,
    keepAliveTimeout: 5000,
    connectionsCheckingInterval: 500,
  })
  server.maxConnections = MAX_CONNECTIONS
  server.setTimeout(30_000)
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const answer = answerer(options, sessions, port)
  server.on('request', (request, response) => {
    answer(request, response).catch((error: unknown) => {
      options.bug(error, 'web.request')
      if (response.headersSent) response.destroy()
      else end(response, 500)
    })
  })
  const sockets = acceptSockets(options.backend, sessions)
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const verdict = judge(askedBy(request), port, true)
    if (verdict.allowed) sockets.take(request, socket, head)
    else socket.end(`HTTP/1.1 ${verdict.status} Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  })
  const address = () => `http://127.0.0.1:${port}/#t=${sessions.invite()}`
  return {
    url: address(),
    port,
    invite: address,
    async close() {
      sockets.close()
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      await closed
    },
  }
}

function answerer(options: WebHostOptions, sessions: Sessions, port: number) {
  const find = staticFiles(options.rendererDir)
  const upload = createUploads(options.backend.tokens, options.uploadLimits)
  const headers = pageHeaders([`ws://127.0.0.1:${port}`])

  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    response.setHeaders(new Map(Object.entries(headers)))
    const verdict = judge(askedBy(request), port, false)
    if (!verdict.allowed) return end(response, verdict.status)
    const { authorization = '' } = request.headers
    if (verdict.needsSession && !sessions.authorises(authorization)) return end(response, 401)
    return give(verdict.route, authorization)

    async function give(route: Route, session: string): Promise<void> {
      if (route.kind === 'upload') {
        const { status, body } = await upload(request, session)
        return end(response, status, JSON.stringify(body))
      }
      // A session may open a second window: one more one-time token, as good for one hello as the first.
      if (route.kind === 'window') return end(response, 200, JSON.stringify({ token: sessions.invite() }))
      const download = route.kind === 'download' ? options.backend.tokens.takeDownload(route.token as FileToken) : undefined
      if (download !== undefined) {
        response.setHeader('Content-Disposition', `attachment; filename*=UTF-8''${encodeURIComponent(download.fileName)}`)
        return send(response, download.path, 'application/octet-stream', true)
      }
      const file = route.kind === 'static' ? find(route.path) : undefined
      if (file === undefined) return end(response, 404)
      return send(response, file.path, file.type, request.method === 'GET')
    }
  }
}

async function send(response: ServerResponse, file: string, type: string, withBody: boolean): Promise<void> {
  const { size } = await stat(file)
  response.writeHead(200, { 'Content-Type': type, 'Content-Length': size })
  if (!withBody) return void response.end()
  try {
    await pipeline(createReadStream(file), response)
  } catch (error) {
    // The browser left before the end: its right, and nothing of ours broke.
    if ((error as NodeJS.ErrnoException).code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  }
}

/** Refusals say a number and nothing else, and end the connection: the rest of a refused body is not read. */
function end(response: ServerResponse, status: number, json?: string): void {
  if (status >= 400) response.setHeader('Connection', 'close')
  if (json !== undefined) response.setHeader('Content-Type', 'application/json; charset=utf-8')
  response.writeHead(status).end(json)
}

function askedBy(request: IncomingMessage): Asked {
  const { headersDistinct } = request
  const header = (name: string) => headersDistinct[name] ?? []
  return {
    method: request.method ?? '',
    target: request.url ?? '',
    host: header('host'),
    origin: header('origin'),
    fetchSite: header('sec-fetch-site'),
    fetchMode: header('sec-fetch-mode'),
    contentType: header('content-type'),
  }
}

/** A socket is nobody until its first message shows a token, within two seconds; only then does the backend hear of it. */
function acceptSockets(backend: Backend, sessions: Sessions) {
  const server = new WebSocketServer({ noServer: true, maxPayload: MAX_INBOUND_MESSAGE_BYTES, perMessageDeflate: false })
  const greet = (socket: WebSocket) => {
    const refuse = () => socket.close(CLOSE_REFUSED)
    const late = setTimeout(refuse, HELLO_WITHIN_MS)
    // Broken frames and oversized messages end the socket; its close is what the rest of us need to know.
    socket.on('error', () => socket.terminate())
    socket.once('close', () => clearTimeout(late))
    socket.once('message', (data: Buffer, binary) => {
      clearTimeout(late)
      const session = binary ? undefined : sessions.open(tokenIn(data.toString('utf8')))
      if (session === undefined) return refuse()
      socket.once('close', () => sessions.close(session.session))
      const welcome: Welcome = { t: 'welcome', ...session }
      socket.send(JSON.stringify(welcome))
      backend.serve(socketPort(socket))
    })
  }
  return {
    take: (request: IncomingMessage, socket: Duplex, head: Buffer) => server.handleUpgrade(request, socket, head, greet),
    close() {
      for (const socket of server.clients) socket.terminate()
      server.close()
    },
  }
}

function tokenIn(text: string): string {
  try {
    const hello = decodeFrame(text)
    return isHello(hello) ? hello.token : ''
  } catch (error) {
    if (error instanceof AppError) return ''
    throw error
  }
}
