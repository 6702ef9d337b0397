import { once } from 'node:events'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { WebSocket } from 'ws'
import { HOSTILE_PATHS } from '#backend/hostile-paths.ts'
import { pageHeaders } from '#backend/static-files.ts'
import { connectClient } from '#core/contract/client.ts'
import { CLOSE_BAD_FRAME, CLOSE_REFUSED, openSocketPort } from '#core/contract/socket-port.ts'
import { contractSuite, suiteBackend } from '#core/contract/suite.ts'
import type { FileToken } from '#core/model/ids.ts'
import { serveWeb } from './server.ts'
import { testHost, tokenOf } from './test-host.ts'

contractSuite('WebSocket of the loopback host', {
  async start(backend) {
    const web = await testHost(backend)
    return {
      connect: async () => (await web.connect()).port,
      async close() {
        await web.close()
        if (web.bugs.length > 0) throw new AggregateError(web.bugs, 'the host met bugs')
      },
    }
  },
})

let web: Awaited<ReturnType<typeof testHost>>
const backend = suiteBackend()
beforeAll(async () => {
  web = await testHost(backend, { fileBytes: 100_000, uploadBytes: 150_000 })
})
afterAll(() => web.close())

const get = (target: string, headers: Record<string, string> = {}, method = 'GET') =>
  web.request({ method, path: target, headers: { Host: `127.0.0.1:${web.host.port}`, ...headers } })

describe('the screen’s files', () => {
  it('come with every protective header', async () => {
    const { status, headers, body } = await get('/')
    expect([status, body.toString()]).toEqual([200, '<!doctype html><title>绿图</title>'])
    const wanted = pageHeaders([`ws://127.0.0.1:${web.host.port}`])
    expect(headers).toMatchObject(Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name.toLowerCase(), value])))
    expect(headers['set-cookie']).toBeUndefined()
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([])
  })
  it('carry them on refusals too, and say nothing else', async () => {
    const { status, headers, body } = await get('/nothing')
    expect([status, body.length]).toEqual([404, 0])
    expect(headers['content-security-policy']).toContain("default-src 'none'")
  })
  it('answer HEAD without a body', async () => {
    const { status, headers, body } = await get('/assets/main-1a2b.js', {}, 'HEAD')
    expect([status, headers['content-type'], headers['content-length'], body.length]).toEqual([
      200,
      'text/javascript; charset=utf-8',
      '9',
      0,
    ])
  })
  it(`are all there is, under ${HOSTILE_PATHS.length} hostile paths`, async () => {
    const found: string[] = []
    for (const hostile of HOSTILE_PATHS) {
      // Node's own client refuses these spellings, so the request is written by hand.
      const answer = await rawAnswer(
        `GET ${Buffer.from(hostile).toString('latin1')} HTTP/1.1\r\nHost: 127.0.0.1:${web.host.port}\r\nConnection: close\r\n\r\n`,
      )
      if (!/^HTTP\/1\.1 (400|404|421)/.test(answer)) found.push(`${hostile} → ${answer.slice(0, 40)}`)
      expect(answer).not.toContain('secret":true')
    }
    expect(found).toEqual([])
  })
})

const rawAnswer = async (text: string): Promise<string> => {
  const socket = net.connect(web.host.port, '127.0.0.1')
  let answer = ''
  socket.setEncoding('latin1').on('data', (chunk: string) => (answer += chunk))
  socket.write(text, 'latin1')
  await once(socket, 'close')
  return answer
}

describe('hostile connections', () => {
  it('refuses a header beyond 16 KB', async () => {
    const answer = await rawAnswer(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${web.host.port}\r\nX-Long: ${'x'.repeat(17_000)}\r\n\r\n`)
    expect(answer).toMatch(/^HTTP\/1\.1 431/)
  })
  it('ends a connection that never finishes its header', async () => {
    const answer = await rawAnswer(`GET / HTTP/1.1\r\nHost: 127.0.0.1:${web.host.port}\r\nX-Slow: `)
    expect(answer).toMatch(/^HTTP\/1\.1 408/)
  })
  it('refuses what is not HTTP', async () => {
    expect(await rawAnswer('\x16\x03\x01\x02\x00\x01\x00\x01\xfc\r\n\r\n')).toMatch(/^HTTP\/1\.1 400/)
  })
  it('listens on 127.0.0.1 only', async () => {
    const elsewhere = net.connect(web.host.port, '127.0.0.2')
    const [error] = (await once(elsewhere, 'error')) as [NodeJS.ErrnoException]
    expect(error.code).toBe('ECONNREFUSED')
  })
  it('says when the port is taken', async () => {
    const options = {
      backend: { tokens: web.tokens, serve: () => undefined, close: () => Promise.resolve() },
      rendererDir: web.dir,
      bug: () => undefined,
    }
    await expect(serveWeb({ ...options, port: web.host.port })).rejects.toThrow(/EADDRINUSE/)
  })
})

describe('hello', () => {
  const open = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${web.host.port}/rpc`, { origin: web.self })
    await once(socket, 'open')
    return socket
  }
  const closeCode = async (socket: WebSocket) => ((await once(socket, 'close')) as [number])[0]

  it('is welcomed once per token, and hands out the token of the next reload', async () => {
    const token = tokenOf(web.host.invite())
    const first = await web.connect(token)
    await expect(web.connect(token)).rejects.toMatchObject({ code: 'request.refused' })
    const reloaded = await web.connect(first.welcome.next)
    expect(new Set([token, first.welcome.session, first.welcome.next, reloaded.welcome.next]).size).toBe(4)
    expect(await connectClient(reloaded.port).call('plans.list', {})).toHaveLength(1)
    for (const { socket } of [first, reloaded]) socket.terminate()
  })
  it('has 256 bits', () => {
    expect(Buffer.from(tokenOf(web.host.url), 'base64url')).toHaveLength(32)
    expect(web.host.url).toBe(`http://127.0.0.1:${web.host.port}/#t=${tokenOf(web.host.url)}`)
  })
  it.each<[string, string | Buffer]>([
    ['nothing JSON', 'hello'],
    ['no token', '{"t":"hello"}'],
    ['an empty token', '{"t":"hello","token":""}'],
    ['a wrong token', `{"t":"hello","token":"${'A'.repeat(43)}"}`],
    ['a list', '[]'],
    ['a call', '{"t":"call","id":1,"name":"plans.list","input":{}}'],
    ['a binary frame', Buffer.alloc(16)],
  ])('refuses %s', async (_, words) => {
    const socket = await open()
    const said: unknown[] = []
    socket.on('message', (data) => said.push(data))
    socket.send(words)
    expect(await closeCode(socket)).toBe(CLOSE_REFUSED)
    expect(said).toEqual([])
  })
  it('must come within two seconds', async () => {
    const socket = await open()
    // the host runs in this process: on a busy machine its clock and these are late together
    const passed: number[] = []
    const clocks = [1500, 4000].map((ms) => setTimeout(() => passed.push(ms), ms))
    expect(await closeCode(socket)).toBe(CLOSE_REFUSED)
    expect(passed).toEqual([1500])
    clocks.forEach(clearTimeout)
  })
  it('does not accept the session token as a one-time token', async () => {
    const { welcome, socket } = await web.connect()
    await expect(web.connect(welcome.session)).rejects.toMatchObject({ code: 'request.refused' })
    socket.terminate()
  })
  it('rejects when nobody is there', async () => {
    const socket = new WebSocket('ws://127.0.0.1:9/rpc')
    await expect(openSocketPort(socket, 'x')).rejects.toMatchObject({ code: 'request.refused' })
  })
  it('closes a socket that sends a damaged frame, and stops its calls', async () => {
    const { socket } = await web.connect()
    socket.send(JSON.stringify({ t: 'call', id: 1, name: 'analysis.run', input: { planId: 'plan-endless' } }))
    await vi.waitFor(() => expect(backend.running()).toBe(1))
    socket.send(Buffer.from([255, 255, 255, 255, 1]))
    expect(await closeCode(socket)).toBe(CLOSE_BAD_FRAME)
    await vi.waitFor(() => expect(backend.running()).toBe(0))
  })
  it('closes a socket that sends more than 8 MB in one message', async () => {
    const { socket } = await web.connect()
    socket.on('error', () => undefined) // the host may reset while we still send
    socket.send(Buffer.alloc(9 * 1024 * 1024))
    expect([1006, 1009]).toContain(await closeCode(socket))
  })
})

describe('a second window', () => {
  it('gets a one-time token of its own from a session, good for one hello and a session of its own', async () => {
    const { welcome, socket } = await web.connect()
    const headers = { Host: `127.0.0.1:${web.host.port}`, Origin: web.self, 'Content-Type': 'application/octet-stream' }
    const ask = (Authorization?: string) =>
      web.request({ method: 'POST', path: '/window', headers: { ...headers, ...(Authorization && { Authorization }) } })
    expect((await ask()).status).toBe(401)
    const { status, body } = await ask(`Bearer ${welcome.session}`)
    const { token } = JSON.parse(body.toString()) as { token: string }
    expect([status, token === welcome.next]).toEqual([200, false])
    const second = await web.connect(token)
    expect(second.welcome.session).not.toBe(welcome.session)
    await expect(web.connect(token)).rejects.toMatchObject({ code: 'request.refused' })
    // The first window's own next hello still stands.
    const reloaded = await web.connect(welcome.next)
    for (const one of [socket, second.socket, reloaded.socket]) one.close()
  })
})

describe('uploads', () => {
  const post = async (name: string, body: string | Buffer, headers: Record<string, string> = {}) => {
    const { status, body: answer } = await web.request(
      {
        method: 'POST',
        path: '/upload',
        headers: {
          Host: `127.0.0.1:${web.host.port}`,
          Origin: web.self,
          'Content-Type': 'application/octet-stream',
          'X-Greenprint-Path': encodeURIComponent(name),
          ...headers,
        },
      },
      body,
    )
    return {
      status,
      answer: answer.length > 0 ? (JSON.parse(answer.toString()) as { token: FileToken; bytes: number; problem: string }) : null,
    }
  }
  const session = async () => {
    const { welcome, socket } = await web.connect()
    return { Authorization: `Bearer ${welcome.session}`, leave: () => socket.close(), socket }
  }

  it('arrive in staging as one choice of files', async () => {
    const { Authorization } = await session()
    const first = await post('城市/plan/用地.shp', 'shape', { Authorization })
    expect(first).toMatchObject({ status: 200, answer: { bytes: 5 } })
    const token = first.answer?.token as FileToken
    expect(await post('城市/manifest.json', '{}', { Authorization, 'X-Greenprint-Upload': token })).toMatchObject({
      status: 200,
      answer: { token },
    })
    const [folder = ''] = web.tokens.paths(token) ?? []
    expect(path.basename(folder)).toBe('城市')
    expect(readFileSync(path.join(folder, 'plan/用地.shp'), 'utf8')).toBe('shape')
    expect(readFileSync(path.join(folder, 'manifest.json'), 'utf8')).toBe('{}')
  })
  it('never replace a file', async () => {
    const { Authorization } = await session()
    const { answer } = await post('a/b.shp', 'one', { Authorization })
    const more = { Authorization, 'X-Greenprint-Upload': answer?.token ?? '' }
    expect(await post('a/b.shp', 'two', more)).toMatchObject({ status: 409 })
    expect(await post('a/b.shp/c.shp', 'two', more)).toMatchObject({ status: 409 })
    expect(readFileSync(path.join(web.tokens.paths(answer?.token as FileToken)?.[0] ?? '', 'b.shp'), 'utf8')).toBe('one')
  })
  it('belong to the session that began them, while it lives', async () => {
    const [mine, other] = [await session(), await session()]
    const { answer } = await post('a.shp', 'x', { Authorization: mine.Authorization })
    const token = answer?.token ?? ''
    expect((await post('b.shp', 'x', { Authorization: other.Authorization, 'X-Greenprint-Upload': token })).status).toBe(404)
    mine.leave()
    await once(mine.socket, 'close')
    await vi.waitFor(async () => expect((await post('b.shp', 'x', { Authorization: mine.Authorization })).status).toBe(401))
  })
  it.each([
    '',
    '../a.shp',
    'a/../../b.shp',
    '/etc/passwd',
    'C:/a.shp',
    'a\\..\\b.shp',
    'a//b.shp',
    'a/./b.shp',
    'CON.shp',
    'a/aux',
    'lpt1.txt',
    'a.shp.',
    'a.shp ',
    ' a.shp',
    'a:b.shp',
    'a\u0000.shp',
    'a\u202egpj.shp',
    'x'.repeat(121),
    'd/'.repeat(8) + 'a.shp',
  ])('refuse the name %j', async (name) => {
    const { Authorization } = await session()
    const before = readdirSync(path.join(web.dir, 'staging')).length
    expect(await post(name, 'x', { Authorization })).toMatchObject({ status: 400, answer: { problem: 'file name' } })
    expect(readdirSync(path.join(web.dir, 'staging'))).toHaveLength(before)
  })
  it('refuse names that are not an encoding', async () => {
    const { Authorization } = await session()
    for (const raw of ['%', '%zz', '%ed%a0%80', '%2e%2e%2fa.shp']) {
      expect((await post('', 'x', { Authorization, 'X-Greenprint-Path': raw })).status).toBe(400)
    }
  })
  it('stop at the size limit and leave nothing of it behind', async () => {
    const { Authorization } = await session()
    const { answer } = await post('a.tif', Buffer.alloc(90_000), { Authorization })
    const more = { Authorization, 'X-Greenprint-Upload': answer?.token ?? '' }
    expect((await post('b.tif', Buffer.alloc(100_001), more)).status).toBe(413)
    expect((await post('c.tif', Buffer.alloc(70_000), { ...more, 'Transfer-Encoding': 'chunked' })).status).toBe(413)
    const files = web.tokens.paths(answer?.token as FileToken)?.map((file) => path.basename(file))
    expect(files).toEqual(['a.tif'])
  })
  it('leave nothing behind when the sender goes away', async () => {
    const { Authorization } = await session()
    const { answer } = await post('a.shp', 'x', { Authorization })
    const socket = net.connect(web.host.port, '127.0.0.1')
    const head = {
      Host: `127.0.0.1:${web.host.port}`,
      Origin: web.self,
      Authorization,
      'Content-Type': 'application/octet-stream',
      'Content-Length': '5000',
      'X-Greenprint-Path': 'half.shp',
      'X-Greenprint-Upload': answer?.token ?? '',
    }
    const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`)
    socket.write(`POST /upload HTTP/1.1\r\n${lines.join('\r\n')}\r\n\r\nhalf`)
    const half = path.join(path.dirname(web.tokens.paths(answer?.token as FileToken)?.[0] ?? ''), 'half.shp')
    await vi.waitFor(() => expect(existsSync(half)).toBe(true))
    socket.destroy()
    await vi.waitFor(() => expect(existsSync(half)).toBe(false))
  })
})

describe('downloads', () => {
  it('are given once, to a session, under their own name', async () => {
    const { welcome, socket } = await web.connect()
    const file = path.join(web.dir, 'memo.pdf')
    writeFileSync(file, '%PDF-1.7')
    const token = web.tokens.offerDownload(file, '意见书 "1".pdf')
    expect((await get(`/download/${token}`)).status).toBe(401)
    const Authorization = `Bearer ${welcome.session}`
    const { status, headers, body } = await get(`/download/${token}`, { Authorization })
    expect([status, body.toString(), headers['content-type']]).toEqual([200, '%PDF-1.7', 'application/octet-stream'])
    expect(headers['content-disposition']).toBe("attachment; filename*=UTF-8''%E6%84%8F%E8%A7%81%E4%B9%A6%20%221%22.pdf")
    expect((await get(`/download/${token}`, { Authorization })).status).toBe(404)
    expect((await get(`/download/${'0'.repeat(32)}`, { Authorization })).status).toBe(404)
    socket.close()
  })
})

it('met no bug on the way', () => expect(web.bugs).toEqual([]))
