import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { WebSocket } from 'ws'
import { createFileTokens } from '#backend/file-tokens.ts'
import { suiteBackend, type SuiteBackend } from '#core/contract/suite.ts'
import { openSocketPort, type Welcome } from '#core/contract/socket-port.ts'
import type { Port } from '#core/contract/port.ts'
import type { UploadLimits } from './upload.ts'
import { serveWeb } from './server.ts'

/** A real loopback host over a small real backend, for tests: real sockets, real files in a folder of its own. */
export async function testHost(serve: Pick<SuiteBackend, 'serve'> = suiteBackend(), uploadLimits?: UploadLimits) {
  const dir = mkdtempSync(path.join(tmpdir(), 'greenprint-web-'))
  const rendererDir = path.join(dir, 'renderer')
  mkdirSync(path.join(rendererDir, 'assets'), { recursive: true })
  writeFileSync(path.join(rendererDir, 'index.html'), '<!doctype html><title>绿图</title>')
  writeFileSync(path.join(rendererDir, 'assets/main-1a2b.js'), 'export {}')
  writeFileSync(path.join(rendererDir, 'assets/main-1a2b.js.map'), '{}')
  writeFileSync(path.join(dir, 'secret.json'), '{"secret":true}')
  const tokens = createFileTokens(path.join(dir, 'staging'))
  const bugs: unknown[] = []
  const host = await serveWeb({
    backend: { tokens, serve: (port) => serve.serve(port), close: () => Promise.resolve() },
    rendererDir,
    port: 0,
    bug: (error) => void bugs.push(error),
    headersTimeoutMs: 700,
    ...(uploadLimits === undefined ? {} : { uploadLimits }),
  })
  const self = `http://127.0.0.1:${host.port}`

  const connect = async (token = tokenOf(host.invite())): Promise<{ port: Port; welcome: Welcome; socket: WebSocket }> => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}/rpc`, { origin: self, maxPayload: 0 })
    return { socket, ...(await openSocketPort(socket, token)) }
  }

  return {
    dir,
    host,
    self,
    tokens,
    bugs,
    connect,
    request: (options: http.RequestOptions, body?: Buffer | string) =>
      ask({ host: '127.0.0.1', port: host.port, ...options }, body),
    async close() {
      await host.close()
      tokens.close()
      rmSync(dir, { recursive: true, force: true })
    },
  }
}

export const tokenOf = (url: string): string => url.split('#t=')[1] ?? ''

export interface Answered {
  status: number
  headers: http.IncomingHttpHeaders
  body: Buffer
}

/** One request with exactly these headers; an upgrade that was accepted is status 101. */
export function ask(options: http.RequestOptions, body?: Buffer | string): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = http.request({ setHost: false, ...options }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      )
    })
    request.on('upgrade', (response, socket) => {
      socket.destroy()
      resolve({ status: 101, headers: response.headers, body: Buffer.alloc(0) })
    })
    request.on('error', reject)
    request.end(body)
  })
}
